//! The same network in burn's own differentiable operations, step by step: slow, and plain enough to be believed. Tests compare
//! gradients with it, and the benchmark its speed.

use burn::{
    Tensor,
    module::{Module, Param},
    tensor::{Device, Int, TensorData, activation},
};

/// All parameters, as in `Weights`.
#[derive(Module, Debug)]
pub struct Plain {
    pub word_in: Param<Tensor<2>>,
    pub kernel: Param<Tensor<2>>,
    pub bias: Param<Tensor<2>>,
    pub gap_in: Param<Tensor<2>>,
    pub begin: Param<Tensor<2>>,
    pub recurrent: Param<Tensor<2>>,
    pub word_out: Param<Tensor<2>>,
    pub word_bias: Param<Tensor<2>>,
}

/// One window: templates, gaps, and how many leading events are not learned.
pub type Sequence = (Vec<u32>, Vec<u8>, usize);

pub fn matrix(values: &[f32], width: usize, device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(values.to_vec(), [values.len() / width, width]), device)
}

fn ids(values: Vec<i64>, device: &Device) -> Tensor<1, Int> {
    let count = values.len();
    Tensor::from_data(TensorData::new(values, [count]), device)
}

impl Plain {
    /// The network with these parameters, in the order of the fields.
    pub fn new(parameters: [&[f32]; 8], embedding: usize, units: usize, device: &Device) -> Self {
        let gates = 4 * units;
        let widths = [embedding, gates, gates, gates, gates, gates, units, 1];
        let mut tensors = parameters
            .into_iter()
            .zip(widths)
            .map(|(values, width)| Param::from_data(TensorData::new(values.to_vec(), [values.len() / width, width]), device));
        let mut next = || tensors.next().expect("eight parameters");
        Self {
            word_in: next(),
            kernel: next(),
            bias: next(),
            gap_in: next(),
            begin: next(),
            recurrent: next(),
            word_out: next(),
            word_bias: next(),
        }
    }

    /// The summed cross entropy of some sequences; `bags` is the matrix of templates and words.
    pub fn loss(&self, bags: &Tensor<2>, sequences: &[Sequence]) -> Tensor<1> {
        let device = bags.device();
        let hidden = self.hidden(bags, sequences);
        let longest = sequences.iter().map(|sequence| sequence.0.len()).max().unwrap_or(0);
        let (mut places, mut targets) = (Vec::new(), Vec::new());
        for (row, (templates, _, skip)) in sequences.iter().enumerate() {
            for (step, &template) in templates.iter().enumerate().skip(*skip) {
                places.push(i64::try_from(step * sequences.len() + row).expect("few enough"));
                targets.push(i64::from(template));
            }
        }
        debug_assert_eq!(hidden.dims()[0], longest * sequences.len());
        let hidden = hidden.select(0, ids(places, &device));
        let directions = bags.clone().matmul(self.word_out.val()).transpose();
        let bias = bags.clone().matmul(self.word_bias.val()).transpose();
        let logits = activation::log_softmax(hidden.matmul(directions) + bias, 1);
        logits.gather(1, ids(targets, &device).unsqueeze_dim(1)).sum().neg()
    }

    /// The hidden states, step by step and in each step sequence by sequence; after a sequence's end they mean nothing.
    pub fn hidden(&self, bags: &Tensor<2>, sequences: &[Sequence]) -> Tensor<2> {
        let device = bags.device();
        let [units, gates] = self.recurrent.dims();
        let inputs = bags.clone().matmul(self.word_in.val()).matmul(self.kernel.val()) + self.bias.val();
        let start = i64::try_from(inputs.dims()[0]).expect("few enough");
        let inputs = Tensor::cat(vec![inputs, self.begin.val()], 0);
        let mut hidden = Tensor::<2>::zeros([sequences.len(), units], &device);
        let mut cell = hidden.clone();
        let mut all = Vec::new();
        let longest = sequences.iter().map(|sequence| sequence.0.len()).max().unwrap_or(0);
        for step in 0..longest {
            let before =
                |templates: &[u32]| step.checked_sub(1).map_or(start, |at| templates.get(at).map_or(0, |&t| i64::from(t)));
            let templates = ids(sequences.iter().map(|sequence| before(&sequence.0)).collect(), &device);
            let gap = |gaps: &[u8]| gaps.get(step).map_or(0, |&gap| i64::from(gap));
            let gaps = ids(sequences.iter().map(|sequence| gap(&sequence.1)).collect(), &device);
            let sums = inputs.clone().select(0, templates) + self.gap_in.val().select(0, gaps);
            let sums = sums + hidden.matmul(self.recurrent.val());
            let gate = |number: usize| sums.clone().slice([0..sequences.len(), number * gates / 4..(number + 1) * gates / 4]);
            let input = activation::sigmoid(gate(0));
            cell = activation::sigmoid(gate(1)) * cell + input * gate(2).tanh();
            hidden = activation::sigmoid(gate(3)) * cell.clone().tanh();
            all.push(hidden.clone());
        }
        Tensor::cat(all, 0)
    }
}
