"""Trains and scores with Keras the network that `crates/engine/benches/beside_keras.rs` trains and scores with ours.

usage: learn_with_keras.py VOCABULARY EMBEDDING UNITS LENGTH BATCH SEQUENCES

Prints sequences a second as `name=value`: `training` by `fit` with Adam, after an epoch that compiles; `scoring` by `predict`, what is
usual, and `function` by a compiled function called batch by batch, which is the fastest way. Scoring gives the surprise of each event.
"""

import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

vocabulary, embedding, units, length, batch, count = map(int, sys.argv[1:7])
random = np.random.default_rng(1)
events = random.integers(0, vocabulary, (count, length + 1), dtype=np.int32)
before, after = events[:, :-1], events[:, 1:]

model = keras.Sequential(
    [
        keras.layers.Embedding(vocabulary, embedding),
        keras.layers.LSTM(units, return_sequences=True),
        keras.layers.Dense(vocabulary),
    ]
)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.Adam(0.003), loss=loss)


def rate(work):
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


@tf.function(reduce_retracing=True)
def surprise(before, after):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=after, logits=model(before, training=False))


def score():
    for first in range(0, count, batch):
        surprise(before[first : first + batch], after[first : first + batch]).numpy()


def fit():
    model.fit(before, after, batch_size=batch, epochs=1, verbose=0)


def predict():
    logits = model.predict(before, batch_size=batch, verbose=0)
    tf.nn.sparse_softmax_cross_entropy_with_logits(labels=after, logits=logits).numpy()


for name, work in [("training", fit), ("scoring", predict), ("function", score)]:
    work()
    print(f"{name}={rate(work):.1f}")
