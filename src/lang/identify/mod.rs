//! In which language a text is written: frequent words for what is written in Latin letters, the script for the rest.
//!
//! The answer is a BCP 47 tag (RFC 5646): `und` where the language is none of those known here, `zxx` where the text is
//! not in any language: a link, a PDF's source, program code, figures.

use std::sync::LazyLock;

use crate::lang::language::table;
use crate::lang::row;

include!(concat!(env!("OUT_DIR"), "/identify.rs"));

/// So much of a text is looked at, in bytes: enough to be sure, and as quick for a book as for an article.
const LOOKED_AT: usize = 50_000;

/// A text of fewer words than this is English unless more of its words say otherwise.
const FEW_WORDS: usize = 20;

/// A list of names and figures is no longer than this, in words.
const LONG_LIST: usize = 300;

/// The languages in Latin letters that [`WORDS`] tells apart.
const LATIN: [&str; 18] =
    ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "cs", "ro", "hu", "tr", "fi", "id", "ca"];

/// A script by its blocks of code points, and the language that is most often written in it.
const SCRIPTS: [(char, char, &str); 27] = [
    ('\u{370}', '\u{3ff}', "el"),
    ('\u{400}', '\u{52f}', "ru"),
    ('\u{531}', '\u{58f}', "hy"),
    ('\u{591}', '\u{5f4}', "he"),
    ('\u{600}', '\u{6ff}', "ar"),
    ('\u{900}', '\u{97f}', "hi"),
    ('\u{980}', '\u{9ff}', "bn"),
    ('\u{a00}', '\u{a7f}', "pa"),
    ('\u{a80}', '\u{aff}', "gu"),
    ('\u{b00}', '\u{b7f}', "or"),
    ('\u{b80}', '\u{bff}', "ta"),
    ('\u{c00}', '\u{c7f}', "te"),
    ('\u{c80}', '\u{cff}', "kn"),
    ('\u{d00}', '\u{d7f}', "ml"),
    ('\u{d80}', '\u{dff}', "si"),
    ('\u{e00}', '\u{e7f}', "th"),
    ('\u{e80}', '\u{eff}', "lo"),
    ('\u{f00}', '\u{fff}', "bo"),
    ('\u{1000}', '\u{109f}', "my"),
    ('\u{10a0}', '\u{10ff}', "ka"),
    ('\u{1100}', '\u{11ff}', "ko"),
    ('\u{1200}', '\u{139f}', "am"),
    ('\u{1780}', '\u{17ff}', "km"),
    ('\u{3040}', '\u{30ff}', "ja"),
    ('\u{3400}', '\u{4dbf}', "zh"),
    ('\u{4e00}', '\u{9fff}', "zh"),
    ('\u{ac00}', '\u{d7a3}', "ko"),
];

/// Letters that a language has and the one most often written in its script has not: the first row that is found counts.
const LETTERS: [(&str, &str, &str); 9] = [
    ("ru", "ђћџјљњ", "sr"),
    ("ru", "ѓќѕ", "mk"),
    ("ru", "ў", "be"),
    ("ru", "іїєґ", "uk"),
    ("ar", "ٹڈڑںے", "ur"),
    ("ar", "پچژگی", "fa"),
    ("zh", "ぁあいうえおかがきくけこさしすせそただちってでとなにのはひまみもやよらりるれろわをん", "ja"),
    ("he", "ײױװ", "yi"),
    ("bn", "ৰৱ", "as"),
];

/// The BCP 47 tag of the language that a text is written in; `und` where it is not known, `zxx` where it is none.
pub fn identify(text: &str) -> &'static str {
    let end = (0..=text.len().min(LOOKED_AT)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let text = text[..end].trim();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters == 0 || text.starts_with("%PDF-") || text.lines().all(|line| line.trim().is_empty() || is_link(line)) {
        return "zxx";
    }
    if let Some(language) = by_script(text, letters) {
        return language;
    }
    let Words { count, hits } = Words::of(text);
    let (best, second) = best(&hits);
    let (most, english) = (hits[best], hits[0]);
    let share = |hits: usize| hits as f32 / count.max(1) as f32;
    if is_code(text) || symbols(text) >= 0.1 && share(english) < 0.25 {
        return "zxx";
    }
    let plain = text.chars().filter(char::is_ascii_alphabetic).count() as f32 / letters as f32;
    if count < FEW_WORDS {
        return match most {
            2.. if most > 2 * english => LATIN[best],
            _ if english == 0 && plain < 0.95 && count > 4 => "und",
            _ => "en",
        };
    }
    // Lists of results have few words of any language between their names: English ones have no other language's either.
    let is_sparse = plain >= 0.98 && 2 * english >= 3 * second && (count < LONG_LIST || share(english) >= 0.15);
    match best {
        0 if is_sparse || share(english) >= 0.2 => "en",
        0 => "und",
        _ if share(most) >= 0.17 && 2 * most > 3 * english => LATIN[best],
        _ if share(english) >= 0.2 => "en",
        _ => "und",
    }
}

/// The index of the language with most words, and how many words the next one has. Of two that have as many, the first.
fn best(hits: &[usize; LATIN.len()]) -> (usize, usize) {
    let best = (0..hits.len()).max_by_key(|&index| (hits[index], hits.len() - index)).unwrap_or(0);
    let second = (0..hits.len()).filter(|&index| index != best).map(|index| hits[index]).max().unwrap_or(0);
    (best, second)
}

/// The words of a text, and how many of them are frequent in each language.
struct Words {
    count: usize,
    hits: [usize; LATIN.len()],
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self { count: 0, hits: [0; LATIN.len()] };
        for word in text.split(|letter: char| !letter.is_alphabetic() && !['\'', '’'].contains(&letter)) {
            let word = word.trim_matches(['\'', '’']).to_lowercase().replace('’', "'");
            if word.is_empty() {
                continue;
            }
            words.count += 1;
            let languages = row(&WORDS, &word).map_or("", |[_, languages]| languages);
            for language in languages.split(',') {
                if let Some(index) = LATIN.iter().position(|known| *known == language) {
                    words.hits[index] += 1;
                }
            }
        }
        words
    }
}

/// The language of a text most of which stands in another script than Latin.
fn by_script(text: &str, letters: usize) -> Option<&'static str> {
    let language_of = |letter: char| {
        SCRIPTS.iter().find(|(first, last, _)| (*first..=*last).contains(&letter)).map(|(_, _, language)| *language)
    };
    let mut counts = [0_usize; SCRIPTS.len()];
    let mut others = 0;
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        match language_of(letter) {
            Some(language) => {
                counts[SCRIPTS.iter().position(|(_, _, known)| *known == language).unwrap_or(0)] += 1;
            }
            // Neither Latin (with its extensions) nor in the table.
            None if letter > '\u{24f}' && !('\u{1e00}'..='\u{1eff}').contains(&letter) => others += 1,
            None => {}
        }
    }
    if 2 * (counts.iter().sum::<usize>() + others) <= letters {
        return None;
    }
    let most = (0..counts.len()).max_by_key(|&index| counts[index]).unwrap_or(0);
    if others > counts[most] {
        return Some("und");
    }
    let language = SCRIPTS[most].2;
    let has = |set: &str| text.chars().filter(|letter| set.contains(*letter)).count() * 100 > letters;
    let other = LETTERS.iter().find(|(script, set, _)| *script == language && has(set));
    Some(other.map_or(language, |(_, _, other)| other))
}

/// Whether a line is one address and nothing else.
fn is_link(line: &str) -> bool {
    let line = line.trim();
    let has_scheme = ["http://", "https://", "ftp://", "file://", "www."]
        .iter()
        .any(|start| line.get(..start.len()).is_some_and(|front| front.eq_ignore_ascii_case(start)));
    has_scheme && !line.contains(char::is_whitespace)
}

/// Marks that program code is full of and prose is not.
const SYMBOLS: &str = "{}[]()<>=;_\\/*+&|#$%@^~`";

/// The share of such marks among a text's characters, white space left out.
fn symbols(text: &str) -> f32 {
    let (mut symbols, mut all) = (0_usize, 0_usize);
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        all += 1;
        symbols += usize::from(SYMBOLS.contains(character));
    }
    symbols as f32 / all.max(1) as f32
}

/// Words that a line of code begins with.
const STARTS: [&str; 24] = [
    "import", "from", "def", "class", "return", "function", "const", "let", "var", "fn", "use", "pub", "public",
    "private", "static", "package", "func", "if", "else", "for", "while", "#include", "//", "/*",
];

/// Whether a third of a text's lines look like program code, comments among them.
fn is_code(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let code = lines.iter().filter(|line| is_line_of_code(line)).count();
    lines.len() >= 3 && code * 3 >= lines.len() + 2 && symbols(text) >= 0.03
}

fn is_line_of_code(line: &str) -> bool {
    let ends = |set: &str| line.ends_with(|last: char| set.contains(last));
    let starts = |word: &&str| line.strip_prefix(*word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let inside = ["==", "=>", "->", "::", "</", "/>", " = "].iter().any(|mark| line.contains(mark));
    // A call, or a name with an underscore in it.
    let letter_before = |mark: char| {
        line.char_indices().any(|(at, found)| found == mark && line[..at].ends_with(char::is_alphanumeric))
    };
    inside
        || ends(";{}([")
        || line.starts_with([')', '}', ']', '@'])
        || letter_before('(')
        || letter_before('_')
        || STARTS.iter().any(starts) && ends(";:(){},\"'")
}

#[cfg(test)]
mod tests {
    use super::identify;

    #[test]
    fn languages_are_told_apart() {
        for (language, text) in [
            ("en", "Rents will rise in May, the mayor said on Monday, and nobody knows by how much they will."),
            ("en", "Taxes will rise, said Anna Berg."),
            ("en", "Ferry line to close"),
            (
                "de",
                "Die Mieten werden im Mai steigen, sagte der Bürgermeister am Montag, und niemand weiß, um wie viel sie steigen.",
            ),
            ("de", "Die Mieten steigen, sagte die Ministerin."),
            (
                "fr",
                "Les loyers vont augmenter en mai, a dit le maire lundi, et personne ne sait de combien ils vont augmenter.",
            ),
            (
                "es",
                "Los alquileres subirán en mayo, dijo el alcalde el lunes, y nadie sabe cuánto van a subir los precios de las casas.",
            ),
            (
                "it",
                "Gli affitti aumenteranno a maggio, ha detto il sindaco lunedì, e nessuno sa di quanto saranno più cari.",
            ),
            (
                "pt",
                "Os aluguéis vão subir em maio, disse o prefeito na segunda-feira, e ninguém sabe quanto eles vão subir.",
            ),
            (
                "nl",
                "De huren gaan in mei omhoog, zei de burgemeester maandag, en niemand weet met hoeveel ze zullen stijgen.",
            ),
            (
                "und",
                "Húsaleigan hækkar í maí, sagði borgarstjórinn á mánudag, og enginn veit hversu mikið hún hækkar hérna bráðum aftur.",
            ),
            ("ru", "Аренда вырастет в мае, сказал мэр."),
            ("uk", "Оренда зросте у травні, сказав мер, і ніхто не знає, наскільки її піднімуть."),
            ("ar", "قال رئيس البلدية إن الإيجارات سترتفع في مايو"),
            ("zh", "市长周一表示，租金将在五月上涨。"),
            ("ja", "市長は月曜日、家賃が五月に上がると述べた。"),
            ("ko", "시장은 월요일 임대료가 오를 것이라고 말했다."),
            ("el", "Τα ενοίκια θα αυξηθούν τον Μάιο, είπε ο δήμαρχος."),
        ] {
            assert_eq!(identify(text), language, "{text}");
        }
    }

    #[test]
    fn what_is_no_language_says_so() {
        for text in [
            "",
            " \n ",
            "1,204.50 · 17",
            "📈",
            "https://example.org/politics/2025/rents-will-rise",
            "www.example.org",
            "https://example.org/a\nhttps://example.org/b\n",
            "%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj",
            "def rents(month):\n    \"\"\"The rents of a month.\"\"\"\n    return [rent for rent in ALL if rent.month == month]\n",
            "export function rents(month) {\n    const all = read(\"rents\");\n    return all.filter((rent) => rent.month === month);\n}\n",
            "{\"rents\": [{\"month\": 5, \"euros\": 1200}, {\"month\": 6, \"euros\": 1250}]}",
        ] {
            assert_eq!(identify(text), "zxx", "{text}");
        }
    }

    #[test]
    fn an_article_stays_english_with_others_in_it() {
        let text = "“Die Mieten werden steigen”, the mayor said in German. That the rents will rise was known before, but \
                    not by how much. See https://example.org/rents (in German) and the city's page for what it plans.";
        assert_eq!(identify(text), "en");
    }
}
