//! A part in an interview -> who has it: "DH:" is Dana Holt, "A:" is the one person that the article names before.

use super::walk::Walk;
use crate::lang::row;
use crate::order::sort;
use crate::scheme::{Label, SpeakerKind};
use crate::span::Run;
use crate::text::Zone;

/// How sure initials are that only one person in the article has.
const INITIALS: f32 = 0.85;

/// How sure it is that who answers is the one person who was named before.
const ANSWERS: f32 = 0.75;

impl Walk<'_, '_, '_> {
    /// The draft of the person who has a part in an interview, and how sure that is.
    pub(super) fn part(&self, run: Run) -> Option<(usize, f32)> {
        self.initials(run).map(|draft| (draft, INITIALS)).or_else(|| self.answers(run).map(|draft| (draft, ANSWERS)))
    }

    /// The one person who has these initials.
    fn initials(&self, run: Run) -> Option<usize> {
        let letters = self.words.article.word(run.start).replace('.', "");
        let are_initials = run.len() == 1 && letters.chars().count() > 1 && letters.chars().all(char::is_uppercase);
        let full = |draft: usize| {
            let name = &self.drafts[draft].speaker.name;
            let firsts = name.split(' ').filter_map(|word| word.chars().next());
            firsts.filter(|first| first.is_uppercase()).collect::<String>() == letters
        };
        if are_initials { self.only(|draft, _| full(draft)) } else { None }
    }

    /// The one person that the article names in full before the first answer, bylines left out.
    fn answers(&self, run: Run) -> Option<usize> {
        let label = self.words.lower(run.start).trim_end_matches('.');
        let answers = run.len() == 1
            && row(self.words.language.interview_labels, label).is_some_and(|[_, does]| *does == "answers");
        if !answers {
            return None;
        }
        let article = self.words.article;
        let end = article.tokens[run.start].span.start;
        self.only(|_, name| {
            let zone = article.paragraphs[article.paragraph_of(name.start)].zone;
            zone != Zone::Byline && name.len() > 1 && article.span(name).end <= end
        })
    }

    /// The only person with a name that passes the test.
    fn only(&self, holds: impl Fn(usize, Run) -> bool) -> Option<usize> {
        let persons = self.names.iter().filter(|mention| mention.label == Label::Person);
        let found = persons.filter_map(|mention| {
            let draft = mention.speaker? as usize;
            let is_person = self.drafts[draft].speaker.kind == SpeakerKind::Person;
            (is_person && holds(draft, self.words.article.tokens_in(mention.span))).then_some(draft)
        });
        let mut found: Vec<usize> = found.collect();
        sort(&mut found);
        found.dedup();
        found.first().copied().filter(|_| found.len() == 1)
    }
}

#[cfg(test)]
mod tests {
    use crate::speaker::tests::{check_by, meanings_of};

    #[test]
    fn parts_of_an_interview() {
        check_by(
            meanings_of,
            &[
                ("{p Dana Holt} met {p Mike Ross}.\n\n{s DH}: {t I paid.}", &["DH = Dana Holt"]),
                // Two have these initials.
                ("{p Dana Holt} met {p David Hume}.\n\n{s DH}: {t I paid.}", &["DH = DH"]),
                ("{p Dana Holt} left.\n\n{s A}: {t I do.}", &["A = Dana Holt"]),
                ("{p Dana Holt} left.\n\n{s Q}: {t Who pays?}", &["Q = Q"]),
                // Nobody says which of the two answers.
                ("{p Dana Holt} met {p Mike Ross}.\n\n{s A}: {t I do.}", &["A = A"]),
                // Who is named in the answer is somebody else.
                ("{s A}: {t I met {p Mike Ross}.}", &["A = A"]),
            ],
        );
    }
}
