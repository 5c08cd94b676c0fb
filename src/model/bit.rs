//! The bits of [`Features::evidence`](super::Features): what the lists and the rest of the article say of a word.
//!
//! | bits | what |
//! |---|---|
//! | 0..=10 | lists of names, of the word or of a phrase that it is part of |
//! | 11..=23 | short lists: titles, words of institutions and the like |
//! | 24..=33 | how it is written and where it stands |
//! | 34..=59 | what the article says of the same word elsewhere, however it is capitalised there |
//!
//! Names of the lists count where they are capitalised, or where no word of the paragraph is. "A name" is a run of
//! capitalised words without the titles in front of it. "The article" is what of it is read: its headline and body.

/// Declares the bits, from the lowest on.
macro_rules! bits {
    ($($(#[$doc:meta])+ $name:ident)+) => {
        bits!(@ 0; $($(#[$doc])+ $name)+);
        /// Each bit with its name, from the lowest on; those above are always unset.
        #[cfg(test)]
        pub(super) const BITS: &[(&str, u64)] = &[$((stringify!($name), $name)),+];
    };
    (@ $bit:expr; $(#[$doc:meta])+ $name:ident $($rest:tt)*) => {
        $(#[$doc])+
        pub(super) const $name: u64 = 1 << ($bit);
        bits!(@ $bit + 1; $($rest)*);
    };
    (@ $bit:expr;) => {};
}

bits! {
    /// The lists: a given name.
    FIRST_NAME
    /// The lists: a family name.
    LAST_NAME
    /// The lists: a given name of women.
    FEMALE
    /// The lists: a given name of men.
    MALE
    /// The lists: a place in one word.
    PLACE
    /// The lists: an institution in one word.
    ORGANISATION
    /// The lists: a people, or the adjective of a place.
    DEMONYM
    /// The first of several words that the lists call a place.
    BEGINS_PLACE
    /// Another of them.
    INSIDE_PLACE
    /// The first of several words that the lists call an institution.
    BEGINS_ORGANISATION
    /// Another of them.
    INSIDE_ORGANISATION

    /// `titles.txt`: "president", "Mr.".
    TITLE
    /// `courtesies.txt`: "Mr.", "Queen".
    COURTESY
    /// `organisation_words.txt`: "University", "Inc."
    ORGANISATION_WORD
    /// `particles.txt`: "van".
    PARTICLE
    /// `time_words.txt`: "Monday", "May", "GMT".
    DATE
    /// `unnamed.txt`: "official", "sources".
    UNNAMED
    /// `documents.txt`: "report".
    DOCUMENT
    /// `occasions.txt`: "interview".
    OCCASION
    /// `homographs.txt`: a form of a cue verb that is a noun more often.
    HOMOGRAPH
    /// `cues.txt`: at least 60 of a hundred uses are cues.
    OFTEN_CUE
    /// `cues.txt`: fewer than 40 of a hundred uses are cues.
    SELDOM_CUE
    /// `agencies.txt`: "Reuters".
    AGENCY
    /// `acronyms.txt`, in capitals: "GDP", which is no institution.
    TERM

    /// Its paragraph has no capitals but these: most words are all capitals.
    ALL_CAPITALS
    /// No word of its paragraph starts with a capital.
    NO_CAPITALS
    /// Capitalised where only names are: neither at a sentence's start nor where every word is.
    CAPITAL
    /// Two to six capitals, among small letters: "NATO", "U.N."
    ACRONYM
    /// The first word of a name.
    BEGINS_NAME
    /// Another word of a name: "Department *of Justice*".
    INSIDE_NAME
    /// In a name with a word of institutions, or that the lists call one.
    IN_ORGANISATION
    /// In a name after a title.
    IN_TITLED
    /// In a name of several words that starts with a given name of the lists.
    IN_PERSON
    /// In a name next to a verb of saying.
    IN_SPEAKER

    /// Elsewhere without a capital, though here with one.
    SMALL
    /// Elsewhere more often without a capital than with a capital that only a name has.
    MOSTLY_SMALL
    /// Elsewhere with a capital that only names have.
    CAPITALISED
    /// Three times or more elsewhere with a capital that only names have.
    OFTEN_CAPITALISED
    /// Elsewhere a name by itself.
    ALONE
    /// Elsewhere the first of a name's several words.
    FIRST
    /// Elsewhere in the middle of a name.
    MIDDLE
    /// Elsewhere the last of a name's several words.
    LAST
    /// Elsewhere in a name after a title.
    TITLED
    /// Elsewhere the last word of a name that starts with a given name of the lists.
    AFTER_FIRST_NAME
    /// Elsewhere in a name with a word of institutions, or that the lists call one.
    ORGANISED
    /// Elsewhere in a name before a verb of saying.
    SPEAKS
    /// Elsewhere in a name after a verb of saying: "…," said Berg.
    SPOKEN
    /// Elsewhere in a name after "in", "at", "from", "near", "outside", "across" or "to".
    AFTER_IN
    /// Elsewhere in a name after "of".
    AFTER_OF
    /// Elsewhere in a name after "the".
    AFTER_THE
    /// Elsewhere in a name before "’s".
    POSSESSIVE
    /// Elsewhere in a name in apposition to a title, an age or "who": "Berg, a lawyer," and "Berg, 34,".
    APPOSED
    /// Elsewhere in a name before a place: "Salem, Oregon".
    BEFORE_PLACE
    /// Elsewhere capitalised in the headline, or where else every word is.
    HEADED
    /// Capitals that are the initials of a name in the article.
    ABBREVIATES
    /// Capitals that stand in brackets after a name somewhere in the article.
    BRACKETED
    /// In a name, here or elsewhere, whose initials stand in the article.
    ABBREVIATED
    /// In a name of several words whose last is elsewhere a name by itself.
    LAST_ALONE
    /// In a name of several words whose last elsewhere speaks or has a title.
    LAST_SPEAKS
    /// In a name of several words that is all there elsewhere.
    REPEATED
}

/// The set of the bits that hold.
pub(super) fn set(bits: &[(u64, bool)]) -> u64 {
    bits.iter().fold(0, |all, &(bit, holds)| if holds { all | bit } else { all })
}
