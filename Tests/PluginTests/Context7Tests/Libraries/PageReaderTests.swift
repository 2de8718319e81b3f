import Testing

@testable import Context7Server

/// Each form of documentation becomes the same passages: under their headings, with their examples.
@Suite("Reading pages")
struct PageReaderTests {
    private func read(_ text: String, _ path: String) throws -> Page {
        try #require(PageReader.read(Array(text.utf8), path: path))
    }

    @Test("Markdown is cut by headings of both kinds, and examples stay with the prose before them")
    func markdown() throws {
        let page = try read(
            """
            ---
            title: "Lead scoring"
            ---
            <!-- internal -->
            # Scoring

            How leads get points.

            ```swift
            let score = lead.score // # no heading
            ```

            Details
            -------
            - one
            - two
            """,
            "guide.md"
        )
        #expect(page.title == "Lead scoring")
        #expect(
            page.passages.map(\.trail) == [
                ["Lead scoring", "Scoring"], ["Lead scoring", "Scoring", "Details"],
            ]
        )
        #expect(
            page.passages[0].body
                == "How leads get points.\n\n```swift\nlet score = lead.score // # no heading\n```"
        )
        #expect(page.passages[0].hasCode && page.passages[0].line == 7)
        #expect(page.passages[1].body == "- one\n- two" && !page.passages[1].hasCode)
    }

    @Test("a long section is cut between its blocks, and a long example between its lines")
    func long() throws {
        let paragraph = String(repeating: "word ", count: 100)
        let code = (1...400).map { "line \($0) of an example that is long" }.joined(separator: "\n")
        let text =
            "# T\n\n" + Array(repeating: paragraph, count: 9).joined(separator: "\n\n")
            + "\n\n```\n\(code)\n```\n"
        let page = try read(text, "x.md")
        #expect(page.passages.count > 5)
        #expect(page.passages.allSatisfy { $0.body.utf8.count < Outline.most + 700 })
        // Nothing is lost.
        let whole = page.passages.map(\.body).joined(separator: "\n")
        #expect((1...400).allSatisfy { whole.contains("line \($0) of") })
        #expect(whole.split(whereSeparator: \.isWhitespace).filter { $0 == "word" }.count == 900)
    }

    @Test("reStructuredText: levels by the order of underlines, code and literal blocks, roles")
    func reStructuredText() throws {
        let page = try read(
            """
            ========
            Manual
            ========

            Start
            =====

            Call :func:`run` as in `the guide <https://x.dev>`_::

                run()
                stop()

            Deeper
            ------

            .. code-block:: python
               :linenos:

               import x

            .. note:: Mind the gap.
            """,
            "index.rst"
        )
        #expect(page.title == "Manual")
        #expect(page.passages.map(\.trail) == [["Manual", "Start"], ["Manual", "Start", "Deeper"]])
        #expect(page.passages[0].body == "Call `run` as in the guide:\n\n```\nrun()\nstop()\n```")
        #expect(page.passages[1].body == "```python\nimport x\n```\n\nMind the gap.")
    }

    @Test("HTML: what people read, without menus and scripts, however broken")
    func html() throws {
        let page = try read(
            """
            <html><head><title>Guide &amp; more</title><style>p{}</style></head><body>
            <nav>Home <a href=x>Docs</a></nav><h1>Guide</h1><p>First <b>words</b> &eacute;.
            <pre><code class="language-js">if (a &lt; b) {
              run()
            }</code></pre><h2>List</h2><ul><li>one<li>two</ul><script>alert(1)</script>
            """,
            "page.html"
        )
        #expect(page.title == "Guide & more")
        #expect(page.passages.map { $0.trail.last } == ["Guide", "List"])
        #expect(page.passages[0].body == "First words é.\n\n```js\nif (a < b) {\n  run()\n}\n```")
        #expect(page.passages[1].body == "- one\n- two")
    }

    @Test("HTML that is nested without end is read to its end")
    func nested() throws {
        let text = "<p>here</p>" + String(repeating: "<div>", count: 50_000) + "deep"
        #expect(
            PageReader.read(Array(text.utf8), path: "x.html")?.passages.first?.body.contains("here") == true
        )
    }

    @Test("plain text: paragraphs, and headings that are underlined")
    func plainText() throws {
        let page = try read("Manual\n======\n\nOne.\nTwo.\n\nPart\n----\nThree.\n", "manual.txt")
        #expect(page.title == "Manual")
        #expect(page.passages.map(\.body) == ["One.\nTwo.", "Three."])
        #expect(page.passages[1].trail == ["Manual", "Part"])
    }

    @Test("sources: each commented declaration, with the type it belongs to")
    func swiftSource() throws {
        let page = try read(
            """
            /// A queue of work.
            public struct Queue {
                // not documentation
                var hidden = 1

                /// Adds an element.
                ///
                /// - Parameter element: What is added.
                @discardableResult
                public func append(
                    _ element: Int
                ) -> Int {
                    1
                }
            }
            """,
            "Queue.swift"
        )
        #expect(page.passages.map { $0.trail.last } == ["Queue", "Queue.append"])
        #expect(page.passages[1].body.contains("public func append(\n_ element: Int\n) -> Int"))
        #expect(page.passages[1].body.contains("Adds an element."))
        #expect(!page.passages.contains { $0.body.contains("not documentation") })
    }

    @Test("sources in other languages")
    func otherSources() throws {
        let python = try read(
            "class Queue:\n    \"\"\"A queue.\"\"\"\n\n    def append(self, x):\n        \"\"\"Adds x.\n\n        Slowly.\n        \"\"\"\n        pass\n",
            "queue.py"
        )
        #expect(python.passages.map { $0.trail.last } == ["Queue", "Queue.append"])
        #expect(python.passages[1].body.hasSuffix("Adds x.\n\nSlowly."))
        let script = try read(
            "/**\n * Adds x.\n * @param x what\n */\nexport function append(x) {\n}\n",
            "queue.ts"
        )
        #expect(script.passages.map { $0.trail.last } == ["append"])
        #expect(script.passages[0].body.contains("Adds x."))
        let go = try read(
            "package q\n\n// Append adds x.\nfunc (q *Queue) Append(x int) error {\n}\n",
            "queue.go"
        )
        #expect(go.passages.map { $0.trail.last } == ["Append"])
        let c = try read("/** Adds x. */\nint queue_append(queue *q, int x);\n", "queue.h")
        #expect(c.passages.map { $0.trail.last } == ["queue_append"])
    }

    @Test("what is no text, is no page", arguments: ["a.png", "Makefile", "x.lock", "LICENSE"])
    func others(_ path: String) {
        #expect(PageReader.read(Array("# Title\n\nText".utf8), path: path) == nil)
        #expect(PageReader.read([0x23, 0x00, 0x01], path: "a.md") == nil)
        #expect(PageReader.read([0xFF, 0xFE, 0x41], path: "a.md") != nil)
    }
}
