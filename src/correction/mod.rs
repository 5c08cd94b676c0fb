//! Analysis + corrections -> [`Revision`]: what the user mends, as values that are replayed in order.
//!
//! Replay is a fold over the log in the order of (lamport, actor, id); a second correction with an id that was there is
//! the first once more and counts as nothing. What has to hold for a correction, and what becomes of it otherwise:
//!
//! | edit | does | is an orphan unless |
//! |---|---|---|
//! | add | marks a place, or confirms the mark there; takes away the names that cannot stand beside it: of the same place, overlapping of the same sort, or cut in two | the place is found and holds more than white space |
//! | delete | takes a mark away | the mark is there, or an earlier correction took it away |
//! | relabel | makes one mark another | the mark is there, or an earlier correction made the same of it, or of a name another name |
//! | respan | moves the edges of a mark: of a mention, which then stands beside others as an added one does; of a claim the outer ones: parts outside are cut off, gaps stay, words of source and cue are not taken | the mark is there and shares words with where it is moved to, or an earlier correction made the same of it |
//! | qualify | says of what kind or form a claim is; it is told as said or as an attitude accordingly | the claim is there, and something is said of it |
//! | attribute | gives a claim to a speaker, or to nobody | the claim is there |
//! | merge | makes two speakers one: mentions, claims, facts and members follow, name and kind of the second hold | both are there |
//! | split | makes a mention mean somebody else, of a name or called by the mention's words; what nests with it follows, and the claims that have it for a source | it is a mention, or a claim's source |
//! | rename | gives a speaker another name | the speaker is there and the name is one |
//! | fact | adds a role or an affiliation, changes or removes it | the speaker is there, and so is the fact, or what it is changed to |
//! | classify | sets a speaker's kind and whether the article keeps it anonymous | the speaker is there |
//! | review | says that the whole article was looked at: its marks are right, each as if it were added, and nothing is missing | one of its places is found, or it has none |
//! | undo | takes a correction back that stands before it in the log, an undo too | there is such a correction |
//!
//! The first three can be meant everywhere: for mentions, at every other place of the same whole words too. An added one
//! is left out where it would take another name away that is longer or shorter; what is not there is neither taken away
//! nor made another.
//!
//! To accept a mark is to add it: what is there is the user's from then on, and certain.
//!
//! A place is found by [`Target`]'s rule; when a mention moves, its speaker moves with it. An orphan does nothing and is listed; an undone correction is no orphan. Where
//! a claim's mark says nothing of parts, its place runs from the start of what is said to its end; all claims of that
//! place are meant. A speaker is found by a place where it is meant, else by its name ([`Who`]), never by a number.
//!
//! After the fold, and only where marks changed, the speakers are found again among what is marked now. What the user
//! said of who speaks is applied on top of that, in the order of the log: to whom claims belong, and their continuations
//! with them, and what is said of speakers. Speakers left with neither mention nor claim are gone.

mod claim;
mod claims;
mod edit;
mod event;
mod find;
mod index;
mod log;
mod marks;
mod speakers;
mod target;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Annotator};
use crate::claim::claim;
use crate::text::Article;
pub use edit::{Correction, Edit, Seen, Who};
pub use event::Event;
use find::Finder;
use marks::Marks;
pub use target::Target;

/// An analysis with its corrections applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Revision {
    /// What holds now.
    pub analysis: Analysis,
    /// Ids of the corrections that no longer fit the text or the analysis: nothing was done for them.
    pub orphans: Vec<String>,
    /// The places, in the log that was given, of the corrections that this version cannot read: they were left out.
    #[serde(default)]
    pub unreadable: Vec<u32>,
    /// Whether the user said that the whole article was looked at: what is not marked is nothing to mark.
    #[serde(default)]
    pub reviewed: bool,
}

impl Annotator {
    /// Applies a log of corrections to the analysis of a text, the one that [`annotate`](Self::annotate) gave.
    ///
    /// The order in which the corrections are given does not matter; the same corrections give the same revision. No
    /// correction and no text makes it fail: what does not fit is listed as an orphan, never moved or guessed.
    ///
    /// ```
    /// use whosaid::correction::{Correction, Edit, Target};
    /// use whosaid::scheme::Mark;
    /// use whosaid::{Annotator, Options};
    /// let annotator = Annotator::english();
    /// let text = "📈 Taxes will rise, it was said at Grebe.";
    /// let analysis = annotator.annotate(text, &Options::default());
    /// let target = |start, end, exact: &str| Target { start, end, exact: exact.to_owned(), ..Target::default() };
    /// let correction = |lamport, edit| Correction {
    ///     id: format!("me:{lamport}"),
    ///     actor: "me".to_owned(),
    ///     lamport,
    ///     time: "2026-01-01T00:00:00Z".to_owned(),
    ///     edit,
    /// };
    /// let add = correction(1, Edit::Add { target: target(35, 40, "Grebe"), mark: Mark::Institution, everywhere: false });
    /// // The place is wrong: the name is found by what it says.
    /// let elsewhere = correction(2, Edit::Relabel { target: target(0, 5, "Grebe"), mark: Mark::Institution, to: Mark::Place, everywhere: false });
    /// let gone = correction(3, Edit::Delete { target: target(3, 8, "Costs"), mark: Mark::Claim, everywhere: false });
    /// let revision = annotator.correct(text, &analysis, &[gone, elsewhere, add]);
    /// assert_eq!(revision.orphans, ["me:3"]);
    /// assert!(revision.analysis.mentions.iter().any(|mention| mention.span.start == 35 && mention.confidence == 1.0));
    /// ```
    pub fn correct(&self, text: &str, analysis: &Analysis, corrections: &[Correction]) -> Revision {
        let article = Article::new(text, self.language);
        let (finder, proposer) = (Finder::new(&article.units), self.model.proposer(&article));
        let propose = |span| proposer.propose(article.tokens_in(span)).map(|candidate| claim(&article, &candidate));
        let steps: Vec<_> = log::steps(corrections).into_iter().filter(|step| !step.undone).collect();
        let mut marks = Marks::new(&article, &finder, &propose, analysis);
        let settle = |(number, step): (usize, &log::Step<'_>)| match &step.correction.edit {
            Edit::Add { target, mark, everywhere } => marks.add(target, *mark, *everywhere),
            Edit::Delete { target, mark, everywhere } => marks.delete(target, *mark, *everywhere),
            Edit::Relabel { target, mark, to, everywhere } => marks.relabel(target, *mark, *to, *everywhere),
            Edit::Respan { target, mark, to } => marks.respan(target, *mark, to, number),
            Edit::Qualify { target, kind, form } => marks.qualify(target, *kind, *form),
            Edit::Attribute { target, .. } => marks.attribute(target, number),
            Edit::Review { marks: seen } => marks.review(seen),
            Edit::Undo { .. } => step.finds,
            // Of speakers, who are found when all marks are settled.
            _ => true,
        };
        let settled: Vec<bool> = steps.iter().enumerate().map(settle).collect();
        let mut speaking = marks.into_speaking(self, analysis);
        let (mut orphans, mut reviewed) = (Vec::new(), false);
        for (number, step) in steps.iter().enumerate() {
            if !(settled[number] && speaking.apply(number, &step.correction.edit)) {
                orphans.push(step.correction.id.clone());
                continue;
            }
            reviewed |= matches!(step.correction.edit, Edit::Review { .. });
        }
        Revision { analysis: speaking.into_analysis(analysis), orphans, unreadable: Vec::new(), reviewed }
    }
}
