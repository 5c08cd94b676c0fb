//! The network as it is meant, in plain loops over f64: what the fast one must agree with, and where to read what it
//! computes.

use super::feature::Features;
use super::file::File;

/// Rows of numbers.
pub(super) type Rows = Vec<Vec<f64>>;

/// A network whose weights stand in a model file.
pub(super) struct Reference(pub File);

/// What the network says of an article that it reads as one.
pub(super) struct Said {
    pub vectors: Rows,
    pub names: Rows,
    pub anchors: Vec<f64>,
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

pub(super) fn added(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

impl Reference {
    pub(super) fn matrix(&self, name: &str) -> Rows {
        let [rows, columns] = self.0.shape(name).expect(name);
        let matrix = self.0.rows(name, Some(rows), columns).expect(name);
        (0..rows).map(|row| matrix.values(row).map(f64::from).collect()).collect()
    }

    pub(super) fn floats(&self, name: &str) -> Vec<f64> {
        let floats = self.0.floats(name, self.0.shape(name).expect(name)[0]).expect(name);
        floats.into_iter().map(f64::from).collect()
    }

    pub(super) fn linear(&self, name: &str, x: &Rows) -> Rows {
        let weight = self.matrix(&format!("{name}.weight"));
        let bias = format!("{name}.bias");
        let bias = if self.0.has(&bias) { self.floats(&bias) } else { vec![0.0; weight.len()] };
        let product = |row: &Vec<f64>, x: &Vec<f64>| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
        x.iter().map(|x| weight.iter().zip(&bias).map(|(row, bias)| product(row, x) + bias).collect()).collect()
    }

    pub(super) fn norm(&self, name: &str, x: &Rows) -> Rows {
        let (weight, bias) = (self.floats(&format!("{name}.weight")), self.floats(&format!("{name}.bias")));
        let normed = |x: &Vec<f64>| {
            let count = x.len() as f64;
            let mean = x.iter().sum::<f64>() / count;
            let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
            let scale = (variance + 1e-5).sqrt();
            x.iter()
                .zip(weight.iter().zip(&bias))
                .map(|(x, (weight, bias))| (x - mean) / scale * weight + bias)
                .collect()
        };
        x.iter().map(normed).collect()
    }

    /// x + GLU(linear[x(t - dilation); x(t); x(t + dilation)]), x normed; zeros beyond the ends.
    fn convolution(&self, name: &str, dilation: usize, x: &Rows) -> Rows {
        let y = self.norm(&format!("{name}.norm"), x);
        let zeros = vec![0.0; y[0].len()];
        let at = |token: Option<usize>| token.and_then(|token| y.get(token)).unwrap_or(&zeros);
        let around = |token: usize| {
            [token.checked_sub(dilation), Some(token), Some(token + dilation)].map(|token| at(token).clone()).concat()
        };
        let products = self.linear(name, &(0..y.len()).map(around).collect());
        let gated = |product: &Vec<f64>| {
            let (value, gate) = product.split_at(product.len() / 2);
            value.iter().zip(gate).map(|(value, gate)| value * sigmoid(*gate)).collect::<Vec<f64>>()
        };
        x.iter().zip(&products).map(|(x, product)| added(x, &gated(product))).collect()
    }

    /// The outputs of one direction; the tokens come in its order.
    fn direction<'x>(&self, name: &str, x: impl Iterator<Item = &'x Vec<f64>>) -> Rows {
        let (input, hidden) = (self.matrix(&format!("{name}.input")), self.matrix(&format!("{name}.hidden")));
        let bias = self.floats(&format!("{name}.bias"));
        let units = hidden[0].len();
        let (mut output, mut cell) = (vec![0.0; units], vec![0.0; units]);
        let product = |row: &[f64], x: &[f64]| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
        x.map(|x| {
            let row = |row: usize| product(&input[row], x) + product(&hidden[row], &output) + bias[row];
            let all: Vec<f64> = (0..4 * units).map(row).collect();
            for unit in 0..units {
                let [input, forget, memory, open] = [0, 1, 2, 3].map(|gate| all[gate * units + unit]);
                cell[unit] = sigmoid(forget) * cell[unit] + sigmoid(input) * memory.tanh();
                output[unit] = sigmoid(open) * cell[unit].tanh();
            }
            output.clone()
        })
        .collect()
    }

    /// x + linear[forward LSTM; backward LSTM], x normed.
    fn lstm(&self, x: &Rows) -> Rows {
        let y = self.norm("lstm.norm", x);
        let forward = self.direction("lstm.forward", y.iter());
        let mut backward = self.direction("lstm.backward", y.iter().rev());
        backward.reverse();
        let both = forward.into_iter().zip(backward).map(|(forward, backward)| [forward, backward].concat()).collect();
        x.iter().zip(self.linear("lstm.out", &both)).map(|(x, out)| added(x, &out)).collect()
    }

    /// Encodes an article's tokens and asks the heads that look at single ones.
    /// `deep`: what a transformer adds to the mix of each token; no rows where there is none.
    pub(super) fn read(&self, features: &Features, deep: &Rows) -> Said {
        let tables = ["word", "suffix", "prefix", "shape", "layout", "class", "evidence"];
        let [word, suffix, prefix, shape, layout, class, evidence] =
            tables.map(|name| self.matrix(&format!("table.{name}")));
        let embedded = (0..features.layout.len()).map(|token| {
            let strings = [&word, &suffix, &prefix, &shape].into_iter().zip(&features.ids);
            let strings = strings.map(|(table, ids)| table[ids[token] as usize].clone());
            let mut row = strings.collect::<Vec<_>>().concat();
            row.extend(&layout[usize::from(features.layout[token])]);
            row.extend(&class[usize::from(features.class[token])]);
            let bits = (0..64).filter(|bit| features.evidence[token] >> bit & 1 == 1);
            row.extend(bits.fold(vec![0.0; evidence[0].len()], |sum, bit| added(&sum, &evidence[bit])));
            row
        });
        let mut x = self.linear("mix", &embedded.collect());
        x.iter_mut().zip(deep).for_each(|(x, deep)| *x = added(x, deep));
        for (name, dilation) in [("conv0", 1), ("conv1", 2), ("conv2", 4)] {
            x = self.convolution(name, dilation, &x);
        }
        let vectors = self.norm("norm", &self.lstm(&x));
        let names = self.linear("tag", &vectors);
        let anchors = self.linear("anchor", &vectors).into_iter().map(|row| row[0]).collect();
        Said { vectors, names, anchors }
    }

    /// How well each tag fits each token in the window around a cue; `counted` holds how many cues there are up to each.
    pub(super) fn window(&self, features: &Features, said: &Said, counted: &[u32], anchor: usize) -> Rows {
        let token = self.linear("span.token", &said.vectors);
        let own = &self.linear("span.anchor", &vec![said.vectors[anchor].clone()])[0];
        let table = |name: &str| self.matrix(&format!("span.{name}"));
        let [offset, sentence, paragraph, marks, anchors] =
            ["offset", "sentence", "paragraph", "marks", "anchors"].map(table);
        let start = anchor.saturating_sub(64);
        let window = start..token.len().min(anchor + 65);
        let input = |at: usize| {
            let between = |counter: &[u32]| {
                (i64::from(counter[at]) - i64::from(counter[anchor])).clamp(-3, 3).cast_unsigned().wrapping_add(3)
                    as usize
            };
            let quoted = 2 * usize::from(features.quoted[at]) + usize::from(features.quoted[anchor]);
            let parts = [
                own,
                &offset[at + 64 - anchor],
                &sentence[between(&features.sentence)],
                &paragraph[between(&features.paragraph)],
                &marks[4 * between(&features.marks) + quoted],
                &anchors[between(counted)],
            ];
            let sum = parts.into_iter().fold(token[at].clone(), |sum, part| added(&sum, part));
            sum.into_iter().map(|x| x.max(0.0)).collect()
        };
        let mut x: Rows = window.map(input).collect();
        for (name, dilation) in [("span.conv0", 1), ("span.conv1", 2)] {
            x = self.convolution(name, dilation, &x);
        }
        self.linear("span.out", &x)
    }
}
