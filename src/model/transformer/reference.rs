//! The transformer as it is meant, in plain loops over f64: what the fast one must agree with.

use super::super::reference::{Reference, Rows, added};
use super::{HEAD, LONGEST, MOST_LAYERS, Pieces};

impl Reference {
    /// The normed vectors of the tokens of a window.
    pub(in crate::model) fn transformed<'w>(&self, words: impl Iterator<Item = &'w str>) -> Rows {
        let (ids, firsts) = Pieces::new(&self.0).expect("pieces").window(words, LONGEST);
        let (table, places) = (self.matrix("transformer.table"), self.matrix("transformer.places"));
        let sums = ids.iter().zip(&places).map(|(&id, place)| added(&table[id as usize], place)).collect();
        let mut x = self.norm("transformer.norm", &sums);
        for layer in (0..MOST_LAYERS).take_while(|layer| self.0.has(&format!("transformer.{layer}.up.weight"))) {
            let name = |part: &str| format!("transformer.{layer}.{part}");
            let joined = self.linear(&name("join"), &self.attention(&self.linear(&name("attend"), &x)));
            let sums = x.iter().zip(&joined).map(|(x, joined)| added(x, joined)).collect();
            x = self.norm(&name("first"), &sums);
            let up = self.linear(&name("up"), &x).into_iter().map(|row| row.into_iter().map(gelu).collect()).collect();
            let sums = x.iter().zip(self.linear(&name("down"), &up)).map(|(x, down)| added(x, &down)).collect();
            x = self.norm(&name("second"), &sums);
        }
        let last = self.norm("transformer.last", &x);
        firsts.into_iter().map(|first| last[first].clone()).collect()
    }

    /// What each row of queries, keys and values takes from the others.
    fn attention(&self, rows: &Rows) -> Rows {
        let near = self.floats("transformer.near");
        let (d, root) = (rows[0].len() / 3, (HEAD as f64).sqrt());
        let of_head = |row: usize, head: usize| -> Vec<f64> {
            let near = &near[head * (2 * LONGEST - 1)..];
            let part = |of: usize, row: usize| &rows[row][of * d + head * HEAD..][..HEAD];
            let score = |other: usize| {
                let product: f64 = part(0, row).iter().zip(part(1, other)).map(|(query, key)| query * key).sum();
                product / root + near[LONGEST - 1 + other - row]
            };
            let powers: Vec<f64> = (0..rows.len()).map(|other| score(other).exp()).collect();
            let all: f64 = powers.iter().sum();
            let place = |place: usize| (0..rows.len()).map(|other| powers[other] / all * part(2, other)[place]).sum();
            (0..HEAD).map(place).collect()
        };
        (0..rows.len()).map(|row| (0..d / HEAD).flat_map(|head| of_head(row, head)).collect()).collect()
    }
}

/// x · Φ(x), by Simpson's rule over the normal curve.
fn gelu(x: f64) -> f64 {
    const STEPS: u32 = 400;
    let far = x.abs().min(12.0);
    let curve = |t: f64| (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let weight = |step: u32| if step == 0 || step == STEPS { 1.0 } else { f64::from(2 + step % 2 * 2) };
    let width = far / f64::from(STEPS);
    let sum: f64 = (0..=STEPS).map(|step| weight(step) * curve(width * f64::from(step))).sum();
    let half = sum * width / 3.0;
    x * (0.5 + half.copysign(x))
}
