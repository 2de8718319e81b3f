import EventWaiting
import Glibc
import LoopbackPorts
import Subprocess
import Synchronization

/// An nginx of Debian's with TLS and HTTP/2 on a free loopback port, and the authority that vouches for it.
///
/// Its certificate is for the name secure.test. It ends with the test process at the latest.
final class SecureServer: Sendable {
    /// It could not be started.

    let port: UInt16
    let directory: String
    private let server = Mutex<(Task<Void, Never>, AsyncStream<Void>.Continuation)?>(nil)

    /// The file of the authority's certificate.
    var authority: String { directory + "/ca.pem" }

    init() async throws {
        port = UInt16(LoopbackPort.free())
        directory = "/tmp/roost-secure-\(getpid())-\(port)"
        let (signal, continuation) = AsyncStream.makeStream(of: Void.self)
        let arguments = ["-c", Self.script, "sh", directory, "\(port)"]
        let task = Task.detached {
            _ = try? await run(
                .name("sh"),
                arguments: Arguments(arguments),
                input: .inputWriter,
                output: .discarded,
                error: .discarded
            ) { shell in
                for await _ in signal {}
                try await shell.standardInputWriter.finish()
            }
        }
        server.withLock { $0 = (task, continuation) }
    }

    /// Asks until it answers.
    func ready(_ client: CurlClientProbe) async throws {
        try await until("the server's first answer") { await client("https://secure.test:\(port)/") }
    }

    typealias CurlClientProbe = @Sendable (String) async -> Bool

    func stop() async {
        let running = server.withLock { server in
            defer { server = nil }
            return server
        }
        running?.1.finish()
        await running?.0.value
    }

    /// Makes the keys, runs nginx as a child and ends it, and everything it wrote, as soon as standard input ends.
    private static let script = #"""
        directory="$1" port="$2"
        mkdir -p "$directory" && cd "$directory" || exit 1
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=Test Authority" \
          -keyout ca.key -out ca.pem
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=secure.test" -keyout key.pem -out request.pem
        printf 'subjectAltName=DNS:secure.test' > names
        openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out certificate.pem
        cat > nginx.conf <<END
        daemon off;
        pid $directory/pid;
        worker_processes 1;
        error_log $directory/error.log;
        events { worker_connections 512; }
        http {
          access_log off;
          client_body_temp_path $directory/body;
          proxy_temp_path $directory/proxy;
          fastcgi_temp_path $directory/fastcgi;
          uwsgi_temp_path $directory/uwsgi;
          scgi_temp_path $directory/scgi;
          server {
            listen 127.0.0.1:$port ssl http2;
            ssl_certificate certificate.pem;
            ssl_certificate_key key.pem;
            location / { return 200 "\$server_protocol \$http_host"; }
          }
        }
        END
        nginx -p "$directory" -c "$directory/nginx.conf" </dev/null & server=$!
        cat >/dev/null
        kill -s TERM "$server"
        wait "$server"
        rm -rf "$directory"
        """#
}
