//! Addresses inside a chunk: URLs, e-mail addresses, `@handles`, `#tags`.

use crate::lang::{Language, is_in};

/// The first address at or after byte `from` of a chunk, as byte offsets in it, without the stop or bracket after it.
pub(super) fn find(chunk: &str, from: usize, language: &Language) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    (from..bytes.len()).find_map(|at| match bytes[at] {
        b':' if chunk[at..].starts_with("://") => scheme(chunk, from, at),
        b'.' => host(chunk, from, at, language),
        b'@' => email(chunk, from, at).or_else(|| handle(chunk, from, at)),
        b'#' => handle(chunk, from, at),
        _ => None,
    })
}

/// `https://…` around the colon at `at`.
fn scheme(chunk: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let start = back(chunk, from, at, 16, |byte| byte.is_ascii_alphabetic());
    if start == at {
        return None;
    }
    let end = path_end(chunk, at + 3);
    (end > at + 3).then_some((start, end))
}

/// `www.name.tld/…`, `name.tld` or `name.tld/…` around the stop at `at`.
fn host(chunk: &str, from: usize, at: usize, language: &Language) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    let label = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let is_www = at >= from + 3 && bytes[at - 3..at].eq_ignore_ascii_case(b"www");
    if is_www && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
        return Some((at - 3, path_end(chunk, at)));
    }
    let last = at + 1 + bytes[at + 1..].iter().take(12).take_while(|byte| label(byte)).count();
    let goes_on = bytes.get(last) == Some(&b'.') && bytes.get(last + 1).is_some_and(label);
    if goes_on || !is_in(language.domains, &chunk[at + 1..last]) {
        return None;
    }
    let start = back(chunk, from, at, 253, |byte| label(&byte) || byte == b'.');
    let name = &chunk[start..at];
    let has_path = bytes.get(last) == Some(&b'/') && last + 1 < bytes.len();
    let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
    if !name.starts_with(|first: char| first.is_ascii_alphanumeric()) || !(has_path || is_lower) {
        return None;
    }
    Some((start, if has_path { path_end(chunk, last) } else { last }))
}

/// `name@host.tld` around the sign at `at`.
fn email(chunk: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    let start = back(chunk, from, at, 64, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%')
    });
    let host =
        bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).count();
    let host = chunk[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
    let has_stop = host.find('.').is_some_and(|stop| stop > 0);
    (start < at && has_stop).then(|| (start, at + 1 + host.len()))
}

/// `@name` or `#name` from the sign at `at`; a tag of digits alone (`#1`) is none.
fn handle(chunk: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    if at > from && chunk[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
        return None;
    }
    let name = &chunk[at + 1..];
    let len = name.find(|character: char| !(character.is_alphanumeric() || character == '_')).unwrap_or(name.len());
    name[..len].contains(char::is_alphabetic).then_some((at, at + 1 + len))
}

/// The first of the bytes before `at`, and not before `from`, that all fit; at most `most` of them.
fn back(chunk: &str, from: usize, at: usize, most: usize, fits: impl Fn(u8) -> bool) -> usize {
    at - chunk.as_bytes()[from..at].iter().rev().take(most).take_while(|&&byte| fits(byte)).count()
}

/// The end of a URL's path, from byte `from` of the chunk on: punctuation and unmatched brackets after it are not part.
fn path_end(chunk: &str, from: usize) -> usize {
    let rest = &chunk[from..];
    let fits = |character: char| character.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%|".contains(character);
    let mut path = &rest[..rest.find(|character| !fits(character)).unwrap_or(rest.len())];
    let mut open = path.matches('(').count();
    let mut close = path.matches(')').count();
    while let Some(last) = path.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '[' | ']' | '|' => {}
            '(' => open -= 1,
            ')' if close > open => close -= 1,
            _ => break,
        }
        path = &path[..path.len() - last.len_utf8()];
    }
    from + path.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;

    #[test]
    fn addresses_in_chunks() {
        for (chunk, expected) in [
            ("https://a.example/b?c=d#e.", Some("https://a.example/b?c=d#e")),
            ("(https://a.example/b_(c))", Some("https://a.example/b_(c)")),
            ("“http://a.example”", Some("http://a.example")),
            ("HTTPS://A.EXAMPLE/Ü", Some("HTTPS://A.EXAMPLE/Ü")),
            ("at:www.a.example,", Some("www.a.example")),
            ("news.com.au", Some("news.com.au")),
            ("a.co.uk/x.", Some("a.co.uk/x")),
            ("Berg.com/x", Some("Berg.com/x")),
            ("Berg.com", None),
            ("U.S.", None),
            ("12.5", None),
            ("<anna.berg+x@mail.news.example>", Some("anna.berg+x@mail.news.example")),
            ("anna@", None),
            ("@anna_berg’s", Some("@anna_berg")),
            (".@anna", Some("@anna")),
            ("#Wahl2024!", Some("#Wahl2024")),
            ("#1", None),
            ("://", None),
            ("a://...", None),
        ] {
            let found = find(chunk, 0, &ENGLISH).map(|(start, end)| &chunk[start..end]);
            assert_eq!(found, expected, "{chunk}");
        }
    }
}
