//! What the network says of an article, before names and claims are made of it.

use crate::order::sort_by_key;
use crate::scheme::Label;
use crate::span::Run;

/// A token's part in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tag {
    /// In no name.
    #[default]
    Outside,
    /// Starts a name.
    Begin(Label),
    /// Goes on with the name before it.
    Inside(Label),
}

/// Somebody says something: one cue with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The token that stands for the cue: its first word of substance.
    pub anchor: usize,
    /// Who says it; `None` where the article does not tell.
    pub source: Option<Run>,
    /// The words that say that it is said; `None` for a name and a colon, or for nothing but marks.
    pub cue: Option<Run>,
    /// What is said, in one or more parts, in order.
    pub content: Vec<Run>,
    /// How sure: 0 to 1.
    pub confidence: f32,
}

/// What was read in an article.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// One tag a token.
    pub tags: Vec<Tag>,
    /// How sure each tag is, 0 to 1.
    pub certainty: Vec<f32>,
    /// All that is said, by anchor.
    pub candidates: Vec<Candidate>,
}

impl Reading {
    /// This reading where it counts, and another of the same article elsewhere: one entry a token says where.
    pub(super) fn beside(mut self, other: Self, counts: &[bool]) -> Self {
        let mut before = Tag::Outside;
        for (token, &counts) in counts.iter().enumerate() {
            if !counts {
                self.tags[token] = other.tags[token];
                self.certainty[token] = other.certainty[token];
            }
            // A name that one of the two began goes on only where the other has it too.
            if let Tag::Inside(label) = self.tags[token]
                && ![Tag::Begin(label), Tag::Inside(label)].contains(&before)
            {
                self.tags[token] = Tag::Begin(label);
            }
            before = self.tags[token];
        }
        self.candidates.retain(|candidate| counts[candidate.anchor]);
        let parts = |candidate: &Candidate| {
            candidate.content.iter().chain(&candidate.source).chain(&candidate.cue).copied().collect()
        };
        let mut taken = vec![false; counts.len()];
        let own: Vec<Vec<Run>> = self.candidates.iter().map(parts).collect();
        own.into_iter().flatten().for_each(|part| taken[part.range()].fill(true));
        let is_free =
            |candidate: &Candidate| parts(candidate).iter().all(|part: &Run| !taken[part.range()].contains(&true));
        let others = other.candidates.into_iter().filter(|candidate| !counts[candidate.anchor] && is_free(candidate));
        self.candidates.extend(others);
        sort_by_key(&mut self.candidates, |candidate| candidate.anchor);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_readings_stand_side_by_side() {
        let said = |anchor: usize, content: [usize; 2]| Candidate {
            anchor,
            source: None,
            cue: Some(Run::new(anchor, anchor + 1)),
            content: vec![Run::new(content[0], content[1])],
            confidence: 0.5,
        };
        let (begin, inside) = (Tag::Begin(Label::Person), Tag::Inside(Label::Person));
        let reading = |tags: [Tag; 6], candidates| Reading { tags: tags.to_vec(), certainty: vec![0.5; 6], candidates };
        let own = reading([begin, inside, inside, begin, inside, begin], vec![said(0, [1, 4]), said(5, [3, 5])]);
        let other =
            reading([Tag::Outside, begin, begin, inside, inside, Tag::Outside], vec![said(3, [1, 2]), said(4, [5, 6])]);
        let both = own.beside(other, &[true, true, true, false, false, false]);
        assert_eq!(both.tags, [begin, inside, inside, inside, inside, Tag::Outside]);
        // What the other has of words that are said already is left out.
        assert_eq!(both.candidates, [said(0, [1, 4]), said(4, [5, 6])]);
    }

    #[test]
    fn a_name_begins_where_the_other_reading_knew_none() {
        let reading = |tags: [Tag; 2]| Reading { tags: tags.to_vec(), certainty: vec![0.5; 2], candidates: Vec::new() };
        let [begin, inside] = [Tag::Begin(Label::Place), Tag::Inside(Label::Place)];
        let both = reading([Tag::Outside; 2]).beside(reading([begin, inside]), &[true, false]);
        assert_eq!(both.tags, [Tag::Outside, begin]);
    }
}
