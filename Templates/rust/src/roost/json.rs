//! As much JSON as a plugin needs: values, reading, writing.

use std::fmt;
use std::ops::Index;

/// A JSON value. Objects keep their order; a whole number of 64 bits is an `Integer`, however it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    pub fn parse(text: &str) -> Result<Value, String> {
        let mut reader = Reader {
            text,
            at: 0,
            depth: 0,
        };
        let value = reader.value()?;
        reader.blanks();
        if reader.at == text.len() {
            Ok(value)
        } else {
            reader.fault("the end")
        }
    }

    pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
        Value::Object(
            members
                .into_iter()
                .map(|(name, value)| (name.to_string(), value))
                .collect(),
        )
    }

    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub fn as_i64(&self) -> Option<i64> {
        if let Value::Integer(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Integer(number) => Some(*number as f64),
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self {
            Some(*value)
        } else {
            None
        }
    }

    pub fn as_array(&self) -> &[Value] {
        if let Value::Array(values) = self {
            values
        } else {
            &[]
        }
    }
}

/// The member of that name, `Null` when there is none; the last of equal names counts.
impl Index<&str> for Value {
    type Output = Value;
    fn index(&self, name: &str) -> &Value {
        let Value::Object(members) = self else {
            return &Value::Null;
        };
        members
            .iter()
            .rev()
            .find(|member| member.0 == name)
            .map_or(&Value::Null, |member| &member.1)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::String(text.to_string())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::String(text)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Integer(number)
    }
}
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Value::Null => out.write_str("null"),
            Value::Bool(value) => write!(out, "{value}"),
            Value::Integer(number) => write!(out, "{number}"),
            Value::Number(number) if number.is_finite() => write!(out, "{number:?}"),
            Value::Number(_) => out.write_str("null"), // JSON has no infinity
            Value::String(text) => quoted(out, text),
            Value::Array(values) => {
                out.write_str("[")?;
                for (place, value) in values.iter().enumerate() {
                    write!(out, "{}{value}", if place > 0 { "," } else { "" })?;
                }
                out.write_str("]")
            }
            Value::Object(members) => {
                out.write_str("{")?;
                for (place, (name, value)) in members.iter().enumerate() {
                    out.write_str(if place > 0 { "," } else { "" })?;
                    quoted(out, name)?;
                    write!(out, ":{value}")?;
                }
                out.write_str("}")
            }
        }
    }
}

fn quoted(out: &mut fmt::Formatter, text: &str) -> fmt::Result {
    out.write_str("\"")?;
    for character in text.chars() {
        match character {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            control if control < ' ' => write!(out, "\\u{:04x}", control as u32)?,
            other => write!(out, "{other}")?,
        }
    }
    out.write_str("\"")
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value, String> {
        self.blanks();
        match self.peek() {
            Some(b'{') => self.nested(|reader| reader.members().map(Value::Object)),
            Some(b'[') => self.nested(|reader| reader.elements().map(Value::Array)),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<Value, String>,
    ) -> Result<Value, String> {
        self.depth += 1;
        if self.depth > 200 {
            return self.fault("fewer brackets");
        }
        let value = body(self);
        self.depth -= 1;
        value
    }

    fn members(&mut self) -> Result<Vec<(String, Value)>, String> {
        let mut members = Vec::new();
        self.list(b'}', |reader| {
            let name = reader.string()?;
            reader.blanks();
            reader.expect(b':')?;
            members.push((name, reader.value()?));
            Ok(())
        })?;
        Ok(members)
    }

    fn elements(&mut self) -> Result<Vec<Value>, String> {
        let mut values = Vec::new();
        self.list(b']', |reader| {
            values.push(reader.value()?);
            Ok(())
        })?;
        Ok(values)
    }

    fn list(
        &mut self,
        end: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), String>,
    ) -> Result<(), String> {
        self.at += 1;
        self.blanks();
        if self.peek() == Some(end) {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.blanks();
            item(self)?;
            self.blanks();
            if self.peek() == Some(end) {
                self.at += 1;
                return Ok(());
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect(b'"')?;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find(['"', '\\']) else {
                return self.fault("the end of a string");
            };
            text.push_str(&rest[..length]);
            self.at += length + 1;
            if rest.as_bytes()[length] == b'"' {
                return Ok(text);
            }
            let escape = self.peek();
            self.at += 1;
            text.push(match escape {
                Some(plain @ (b'"' | b'\\' | b'/')) => plain as char,
                Some(b'b') => '\u{8}',
                Some(b'f') => '\u{c}',
                Some(b'n') => '\n',
                Some(b'r') => '\r',
                Some(b't') => '\t',
                Some(b'u') => self.scalar()?,
                _ => return self.fault("an escape"),
            });
        }
    }

    /// What \u begins, a pair of surrogates as one; a surrogate alone becomes U+FFFD.
    fn scalar(&mut self) -> Result<char, String> {
        let first = self.unit()?;
        if (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            let second = self.unit()?;
            if (0xDC00..0xE000).contains(&second) {
                let scalar = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(scalar).unwrap_or('\u{FFFD}'));
            }
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or('\u{FFFD}'))
    }

    fn unit(&mut self) -> Result<u32, String> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(unit) = digits else {
            return self.fault("four hexadecimal digits");
        };
        self.at += 4;
        Ok(unit)
    }

    fn number(&mut self) -> Result<Value, String> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|next: char| !matches!(next, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let digits = &rest[..length];
        let Ok(number) = digits.parse::<f64>() else {
            return self.fault("a number");
        };
        self.at += length;
        if let Ok(integer) = digits.parse::<i64>() {
            return Ok(Value::Integer(integer));
        }
        // 2.0 and 2e1 are whole numbers too, and exact in a double up to 2^53.
        let is_whole = number.fract() == 0.0 && number.abs() <= 9007199254740992.0;
        Ok(if is_whole {
            Value::Integer(number as i64)
        } else {
            Value::Number(number)
        })
    }

    fn word(&mut self) -> Result<Value, String> {
        for (word, value) in [
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("null", Value::Null),
        ] {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        self.fault("a value")
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Result<(), String> {
        if self.peek() != Some(byte) {
            return self.fault(&format!("'{}'", byte as char));
        }
        self.at += 1;
        Ok(())
    }

    fn fault<T>(&self, expected: &str) -> Result<T, String> {
        Err(format!(
            "expected {expected} at byte {} of the JSON",
            self.at
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn what_is_written_reads_the_same() {
        let text = r#"{"a":[1,-2.5,true,null,"\"\\\u0001 Zoë 🦉"],"b":{}}"#;
        assert_eq!(Value::parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn escapes_and_whole_numbers_are_read() {
        let value =
            Value::parse(r#" { "n\u0061me" : "\ud83e\udd89\ud83e" , "times" : 2.0 } "#).unwrap();
        assert_eq!(value["name"].as_str(), Some("🦉\u{FFFD}"));
        assert_eq!(value["times"].as_i64(), Some(2));
        assert_eq!(value["other"], Value::Null);
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        for text in [
            "",
            "{",
            "[1,]",
            "\"",
            "\"\\u12",
            "tru",
            "1 2",
            "{\"a\" 1}",
            "é",
            &"[".repeat(500),
        ] {
            assert!(
                Value::parse(text).unwrap_err().contains("expected"),
                "{text}"
            );
        }
    }
}
