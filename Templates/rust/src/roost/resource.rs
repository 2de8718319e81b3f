//! What clients read: resources under fixed URIs, and families of them.

use super::call::{Call, Failure};
use super::json::Value;
use std::ops::Index;

/// Something to read under a fixed URI.
pub struct Resource<P> {
    /// Where it is, with a scheme of the plugin's own: "notes://today".
    pub uri: &'static str,
    pub name: &'static str,
    /// What is in it, for the model.
    pub description: &'static str,
    /// The media type, such as "text/plain".
    pub mime_type: &'static str,
    pub read: fn(&P, &Call) -> Result<Contents, Failure>,
}

/// A family of resources whose URIs follow a pattern.
pub struct ResourceTemplate<P> {
    /// The pattern: variables in braces, text between them, each within one segment of the URI: "notes://{day}/text".
    pub uri_template: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub mime_type: &'static str,
    /// Reads the one of a URI; `Failure::NotFound` when there is none.
    pub read: fn(&P, &Uri, &Call) -> Result<Contents, Failure>,
}

/// What is in a resource.
pub enum Contents {
    Text(String),
    /// The bytes themselves, not their base64.
    Blob(Vec<u8>),
}

/// A URI that follows a pattern.
pub struct Uri {
    pub text: String,
    variables: Vec<(String, String)>,
}

/// What a variable of the pattern stands for, percent-decoded; empty when the pattern has no such variable.
impl Index<&str> for Uri {
    type Output = str;
    fn index(&self, name: &str) -> &str {
        let found = self.variables.iter().find(|variable| variable.0 == name);
        found.map_or("", |variable| &variable.1)
    }
}

impl Uri {
    /// The URI with the values of the pattern's variables; None when it does not follow the pattern.
    pub fn parse(text: &str, pattern: &str) -> Option<Uri> {
        let mut variables = Vec::new();
        follow(text, pattern, &mut variables).then(|| Uri {
            text: text.to_string(),
            variables,
        })
    }
}

/// Whether the text follows the pattern. A variable takes at least a character, and no slash, question mark or number sign; the
/// shortest one that lets the rest follow.
fn follow(text: &str, pattern: &str, variables: &mut Vec<(String, String)>) -> bool {
    let Some((literal, rest)) = pattern.split_once('{') else {
        return text == pattern;
    };
    let Some((name, rest)) = rest.split_once('}') else {
        return text == pattern;
    };
    let Some(text) = text.strip_prefix(literal) else {
        return false;
    };
    let reach = text.find(['/', '?', '#']).unwrap_or(text.len());
    for end in (1..=reach).filter(|end| text.is_char_boundary(*end)) {
        let known = variables.len();
        let Some(value) = percent_decoded(&text[..end]) else {
            continue;
        };
        variables.push((name.to_string(), value));
        if follow(&text[end..], rest, variables) {
            return true;
        }
        variables.truncate(known);
    }
    false
}

/// None when an escape is broken or the bytes are no UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).ok()
}

impl<P> Resource<P> {
    pub(super) fn definition(&self) -> Value {
        Value::object([
            ("uri", Value::from(self.uri)),
            ("name", Value::from(self.name)),
            ("description", Value::from(self.description)),
            ("mimeType", Value::from(self.mime_type)),
        ])
    }
}

impl<P> ResourceTemplate<P> {
    pub(super) fn definition(&self) -> Value {
        Value::object([
            ("uriTemplate", Value::from(self.uri_template)),
            ("name", Value::from(self.name)),
            ("description", Value::from(self.description)),
            ("mimeType", Value::from(self.mime_type)),
        ])
    }
}

impl Contents {
    /// The result of resources/read.
    pub(super) fn result(self, uri: &str, mime_type: &str) -> Value {
        let (kind, text) = match self {
            Contents::Text(text) => ("text", text),
            Contents::Blob(bytes) => ("blob", base64(&bytes)),
        };
        let contents = Value::object([
            ("uri", Value::from(uri)),
            ("mimeType", Value::from(mime_type)),
            (kind, Value::from(text)),
        ]);
        Value::object([("contents", Value::Array(vec![contents]))])
    }
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |place: usize| u32::from(chunk.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            text.push(if place <= chunk.len() {
                DIGITS[(bits >> (18 - 6 * place)) as usize & 63] as char
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base64, Uri};

    #[test]
    fn a_uri_that_follows_a_pattern_gives_its_variables() {
        let uri = Uri::parse("notes://2026-07/a%20b/text", "notes://{day}/{title}/text").unwrap();
        assert_eq!(
            (&uri["day"], &uri["title"], &uri["other"]),
            ("2026-07", "a b", "")
        );
        let uri = Uri::parse("a://x-y-z", "a://{first}-{rest}").unwrap();
        assert_eq!((&uri["first"], &uri["rest"]), ("x", "y-z"));
        assert!(Uri::parse("a://é", "a://{letter}").is_some_and(|uri| &uri["letter"] == "é"));
    }

    #[test]
    fn another_uri_does_not() {
        for text in [
            "", "a://", "a:///b", "a://b/c", "a://b?c", "a://%zz", "a://%ff", "b://b",
        ] {
            assert!(Uri::parse(text, "a://{name}").is_none(), "{text}");
        }
        assert!(Uri::parse("a://b", "a://{name").is_none());
    }

    #[test]
    fn bytes_travel_as_base64() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
