//! Candidates -> [`Claim`]s: who says what, in which form and of which kind.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::entity::to_thousandths;
use crate::lang::{Language, Sense, is_in, row};
use crate::model::Candidate;
use crate::order::sort_by_key;
use crate::scheme::{ClaimForm, ClaimKind, Group, Origin};
use crate::span::{Run, Span};
use crate::text::{Article, TokenKind, Zone};

/// Somebody says something: a claim with its source and its cue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Claim {
    /// Who says it; absent where the article does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Span>,
    /// The words that say that it is said; absent for a quotation with nothing but marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// What is said: one part or more, in order, never empty.
    pub content: Vec<Span>,
    /// How many words its content has that no claim inside it says: what stands between marks and white space, numbers too.
    #[serde(default)]
    pub words: u32,
    /// How it is given.
    pub form: ClaimForm,
    /// What sort of claim it is.
    pub kind: ClaimKind,
    /// Whether it is said, or an attitude or decision that is told of somebody. What is quoted is said, whatever its kind.
    #[serde(default)]
    pub group: Group,
    /// Index of the claim that this quotation goes on from, in the analysis, before this one: it has the same
    /// speaker, and neither source nor cue of its own. Absent for every other claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<u32>,
    /// Index of the claim that this one is told in, in the analysis, before this one: the smallest of which one part holds
    /// all of this one, source and cue too. Absent for a claim that the article itself tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<u32>,
    /// How sure: 0 to 1.
    #[serde(serialize_with = "crate::entity::rounded")]
    pub confidence: f32,
    /// Who put it there.
    pub origin: Origin,
    /// Index of the speaker, in the analysis; absent where it is not resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
    /// How sure it is that this is the right speaker, if the claim is one: 0 to 1, and 0 without a speaker.
    #[serde(default, serialize_with = "crate::entity::rounded")]
    pub speaker_confidence: f32,
}

impl Claim {
    /// From the start of what is said to its end.
    pub fn extent(&self) -> Span {
        self.content.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0))
    }

    /// Where it stands among the claims of an analysis: by where what is said starts, the longer one first, so that a claim
    /// stands before those inside it.
    pub fn order(&self) -> (u32, Reverse<u32>) {
        let Span { start, end } = self.extent();
        (start, Reverse(end))
    }
}

/// How many words some parts of an article have.
pub(crate) fn word_count(article: &Article<'_>, content: &[Run]) -> u32 {
    content.iter().map(|run| run.range().filter(|&token| is_word(article, token)).count() as u32).sum()
}

/// The claims of some candidates, by where what is said starts.
pub fn claims(article: &Article<'_>, candidates: &[Candidate]) -> Vec<Claim> {
    let mut found: Vec<Claim> = candidates.iter().map(|candidate| claim(article, candidate)).collect();
    sort_by_key(&mut found, Claim::order);
    found
}

/// The claim of one candidate; nobody is resolved yet.
pub(crate) fn claim(article: &Article<'_>, candidate: &Candidate) -> Claim {
    let form = match form(article, candidate.cue, &candidate.content) {
        ClaimForm::Indirect if is_given_by_colon(article, candidate.cue, &candidate.content) => ClaimForm::Direct,
        form => form,
    };
    let meant = meaning(article, candidate);
    let (kind, group) = match meant {
        Some((Sense { kind, .. }, spoken)) => (kind, if spoken { Group::Statement } else { kind.group() }),
        None => (ClaimKind::Statement, Group::Statement),
    };
    let asks = kind == ClaimKind::Statement && form == ClaimForm::Direct && is_question(article, &candidate.content);
    Claim {
        source: candidate.source.map(|run| article.span(run)),
        cue: candidate.cue.map(|run| article.span(run)),
        content: candidate.content.iter().map(|&run| article.span(run)).collect(),
        words: word_count(article, &candidate.content),
        form,
        kind: if asks { ClaimKind::Question } else { kind },
        group: if form == ClaimForm::Indirect { group } else { Group::Statement },
        continues: None,
        inside: None,
        confidence: to_thousandths(candidate.confidence),
        // The network finds a claim by its cue; without one it is the layout that tells.
        origin: if candidate.cue.is_some() { Origin::Model } else { Origin::Rule },
        speaker: None,
        speaker_confidence: 0.0,
    }
}

/// How far behind a word its companion is looked for: "called on *all of the members for*".
const COMPANIONS: usize = 8;

/// What `cues.txt` says of a cue, and whether that is spoken: of its words, from the anchor on, the first that stands
/// there; a weak sense only if no strong one follows, there or in the first word of what is said: "voiced *concern* at …".
fn meaning(article: &Article<'_>, candidate: &Candidate) -> Option<(Sense, bool)> {
    let cue = candidate.cue.unwrap_or(Run::new(candidate.anchor, candidate.anchor + 1));
    let words: Vec<String> = cue.range().map(|token| article.word(token).to_lowercase().replace('’', "'")).collect();
    let opening = candidate.content.iter().find(|run| run.start == cue.end).map(|run| article.word(run.start));
    let opening = opening.map(str::to_lowercase);
    let mut weak = None;
    for at in candidate.anchor.saturating_sub(cue.start)..words.len() {
        let word = &words[at];
        let negated = words[..at]
            .iter()
            .any(|word| is_negation(word, article.language))
            .then(|| article.language.negated_sense(word))
            .flatten();
        let companions = words[at + 1..].iter().chain(&opening).take(COMPANIONS);
        let sense =
            negated.or_else(|| companions.into_iter().find_map(|next| article.language.phrase_sense(word, next)));
        match sense.or_else(|| article.language.cue_sense(word)).map(|sense| (sense, article.language.is_spoken(word)))
        {
            Some(found) if found.0.weak => weak = weak.or(Some(found)),
            Some(found) => return Some(found),
            None => {}
        }
    }
    let named = weak.zip(opening).and_then(|(_, word)| {
        let sense = article.language.cue_sense(&word).filter(|sense| !sense.weak)?;
        Some((sense, article.language.is_spoken(&word)))
    });
    named.or(weak)
}

fn is_negation(word: &str, language: &Language) -> bool {
    is_in(language.privatives, word)
        || row(language.function_words, word).is_some_and(|[_, class]| *class == "negation")
}

/// Whether what is said ends with a question mark, closing quotation marks passed over.
pub(crate) fn is_question(article: &Article<'_>, content: &[Run]) -> bool {
    let mut tokens = content.last().into_iter().flat_map(|run| run.range().rev());
    let last = tokens.find(|&token| article.tokens[token].kind != TokenKind::QuoteClose);
    last.is_some_and(|token| article.word(token).ends_with('?'))
}

/// Direct when every word of the content is quoted, mixed when some are. Within a quotation, what counts is what that
/// one quotes: “She told me that she would ‘never’ sell.”
pub(crate) fn form(article: &Article<'_>, cue: Option<Run>, content: &[Run]) -> ClaimForm {
    let tokens = || content.iter().flat_map(|run| run.range()).filter(|&token| token < article.tokens.len());
    let depth = |token: usize| article.tokens[token].quoted;
    let around = cue.into_iter().flat_map(Run::range).chain(tokens()).map(depth).min().unwrap_or(0);
    let around = if cue.is_some() { around } else { 0 };
    let (mut quoted, mut joined, mut all) = (0, 0, 0);
    for token in tokens().filter(|&token| is_word(article, token)) {
        all += 1;
        if depth(token) > around {
            quoted += 1;
        } else if is_in(article.language.quote_joints, article.word(token)) {
            joined += 1;
        }
    }
    match quoted {
        0 => ClaimForm::Indirect,
        _ if quoted + joined == all => ClaimForm::Direct,
        _ => ClaimForm::Mixed,
    }
}

/// Whether a token is a word or a number.
pub(crate) fn is_word(article: &Article<'_>, token: usize) -> bool {
    article.tokens[token].kind.is_word()
}

/// Whether words without quotation marks are the source's own: after a name and a colon, as in an interview (but not in
/// a headline, which sums up), or set off as a paragraph after a colon.
fn is_given_by_colon(article: &Article<'_>, cue: Option<Run>, content: &[Run]) -> bool {
    let Some(start) = content.first().map(|run| run.start).filter(|&start| start < article.tokens.len()) else {
        return false;
    };
    let paragraph = &article.paragraphs[article.paragraph_of(start)];
    if !cue.is_some_and(|cue| cue.range().any(|token| is_word(article, token))) {
        return !matches!(paragraph.zone, Zone::Headline | Zone::Standfirst);
    }
    start > 0 && start == paragraph.tokens.start && article.word(start - 1) == ":"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;

    /// Where some words first stand.
    fn run(article: &Article<'_>, words: &str) -> Run {
        let start = article.text().find(words).unwrap_or_else(|| panic!("{words} is not in {}", article.text()));
        article.tokens_in(article.units.span_of_bytes(start, start + words.len()))
    }

    #[test]
    fn words_are_what_stands_between_marks() {
        for (text, count) in
            [("“Rents will rise,” he said", 5), ("“Rents,” “rise”", 2), ("💶 40 % of 1,200 – so", 4), ("", 0)]
        {
            let article = Article::new(text, &ENGLISH);
            assert_eq!(word_count(&article, &[Run::new(0, article.tokens.len())]), count, "{text}");
        }
    }

    /// The claim of a text, with its cue, the cue's word of substance, and the parts of what is said.
    fn read(text: &str, [cue, anchor]: [&str; 2], content: &[&str]) -> Claim {
        let article = Article::new(text, &ENGLISH);
        let cue = Some(cue).filter(|cue| !cue.is_empty()).map(|cue| run(&article, cue));
        let candidate = Candidate {
            anchor: run(&article, anchor).start,
            source: None,
            cue,
            content: content.iter().map(|part| run(&article, part)).collect(),
            confidence: 1.0,
        };
        claim(&article, &candidate)
    }

    #[test]
    fn kind_and_group_follow_from_the_cue() {
        use ClaimKind::{Accusation, Belief, Demand, Denial, Intention, Prediction, Question, Statement, Support};
        use Group::{Attitude, Statement as Said};
        let table = [
            ("Berg said rents rise.", ["said", "said"], "rents rise", Statement, Said),
            ("Berg zorbled rents rise.", ["zorbled", "zorbled"], "rents rise", Statement, Said),
            ("Rents rise, according to Berg.", ["according to", "according"], "Rents rise", Statement, Said),
            ("Berg slammed the plan.", ["slammed", "slammed"], "the plan", Accusation, Said),
            ("Berg called on us for help.", ["called on us for", "called"], "help", Demand, Said),
            ("Berg called it bad.", ["called", "called"], "it bad", Statement, Said),
            ("Berg told us to leave.", ["told us", "told"], "to leave", Demand, Said),
            ("Berg ruled out a tax.", ["ruled out", "ruled"], "a tax", Denial, Said),
            ("Berg spoke out against a tax.", ["spoke out against", "spoke"], "a tax", Accusation, Said),
            ("Berg is in favour of a tax.", ["is in favour of", "favour"], "a tax", Support, Attitude),
            ("Berg feels confident that it holds.", ["feels confident", "feels"], "that it holds", Belief, Attitude),
            ("Berg plans to sell.", ["plans", "plans"], "to sell", Intention, Attitude),
            ("the warning that rents rise", ["warning", "warning"], "that rents rise", Prediction, Said),
            // What is light gives way to what follows.
            (
                "Berg expressed doubt that it holds.",
                ["expressed doubt", "expressed"],
                "that it holds",
                Belief,
                Attitude,
            ),
            ("Berg voiced doubt that it holds.", ["voiced", "voiced"], "doubt that it holds", Belief, Attitude),
            ("Berg voiced “doubt” of it.", ["voiced", "voiced"], "“doubt” of it", Statement, Said),
            ("Berg expressed that.", ["expressed", "expressed"], "that", Statement, Said),
            ("Berg gave a warning that rents rise", ["gave a warning", "gave"], "that rents rise", Prediction, Said),
            // Negated.
            ("Berg denied it.", ["denied", "denied"], "it", Denial, Said),
            ("Berg did not deny it.", ["did not deny", "deny"], "it", Statement, Said),
            ("Berg doesn’t support it.", ["doesn’t support", "support"], "it", Belief, Attitude),
            ("Berg did not say when.", ["did not say", "say"], "when", Statement, Said),
            ("Berg refused to comment on it.", ["refused to comment", "refused"], "on it", Intention, Attitude),
            // Said aloud, or quoted: a statement, whatever its kind.
            ("Berg promised to sell.", ["promised", "promised"], "to sell", Intention, Said),
            ("Berg believes it is “a joke”.", ["believes", "believes"], "it is “a joke”", Belief, Said),
            // Questions.
            ("“Why?” said Berg.", ["said", "said"], "“Why?”", Question, Said),
            ("Berg asked why.", ["asked", "asked"], "why", Question, Said),
            ("Berg asked us to leave.", ["asked us", "asked"], "to leave", Demand, Said),
            ("“Why not?” Berg warned.", ["warned", "warned"], "“Why not?”", Prediction, Said),
        ];
        for (text, cue, content, kind, group) in table {
            let found = read(text, cue, &[content]);
            assert_eq!((found.kind, found.group), (kind, group), "{text}");
        }
    }

    #[test]
    fn form_follows_from_the_marks() {
        use ClaimForm::{Direct, Indirect, Mixed};
        let table: [(&str, [&str; 2], &[&str], ClaimForm); 17] = [
            ("“Yes,” said Berg.", ["said", "said"], &["“Yes,”"], Direct),
            ("'Yes, it is,' said Berg.", ["said", "said"], &["'Yes, it is,'"], Direct),
            ("“Yes,” said Berg. “It is.”", ["said", "said"], &["“Yes,”", "“It is.”"], Direct),
            ("“Yes,” said Berg, and it is.", ["said", "said"], &["“Yes,”", "it is"], Mixed),
            ("“He said ‘no’ to me,” said Berg.", ["said Berg", "said Berg"], &["“He said ‘no’ to me,”"], Direct),
            ("Berg said that “it is so”.", ["said", "said"], &["that “it is so”"], Direct),
            ("Berg called it “bad” and “sad”.", ["called", "called"], &["“bad” and “sad”"], Direct),
            ("Berg said the “expert” left.", ["said", "said"], &["the “expert” left"], Mixed),
            ("Berg said it’s the workers’ pay.", ["said", "said"], &["it’s the workers’ pay"], Indirect),
            // Within a quotation.
            ("“She told me she left,” he said.", ["told me", "told"], &["she left"], Indirect),
            ("“She told me she ‘never’ left,” he said.", ["told me", "told"], &["she ‘never’ left"], Mixed),
            ("“She told me: ‘I never left’,” he said.", ["told me", "told"], &["‘I never left’"], Direct),
            // A cue in marks quotes nothing of what is said.
            ("Berg is “confident” that it holds.", ["is “confident”", "confident"], &["that it holds"], Indirect),
            // Colons.
            ("Berg wrote on Monday:\n\nWe will not go.", ["wrote", "wrote"], &["We will not go."], Direct),
            ("Berg wrote: we will not go.", ["wrote", "wrote"], &["we will not go"], Indirect),
            (
                "BERG: We will not go to the pier at night.",
                ["", "BERG"],
                &["We will not go to the pier at night."],
                Direct,
            ),
            (
                "Berg: the pier will not open\n\nBy Jo Lee\n\nThe pier will not open, it was said on Monday in the town.",
                ["", "Berg"],
                &["the pier will not open"],
                Indirect,
            ),
        ];
        for (text, cue, content, form) in table {
            assert_eq!(read(text, cue, content).form, form, "{text}");
        }
    }
}
