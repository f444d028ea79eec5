#!/usr/bin/python3
"""Peers of the projections: scikit-learn on the same numbers, and the data itself.

  projection_peers.py digits FOLDER             scikit-learn's digits, 1,797 x 64
  projection_peers.py fashion FOLDER [ROWS]     Debian's dataset-fashion-mnist, 70,000 x 784
  projection_peers.py pca FILE ROWS COLUMNS K   sklearn.decomposition.PCA
  projection_peers.py knn FILE ROWS COLUMNS K   sklearn.neighbors.NearestNeighbors, brute force
  projection_peers.py tsne FILE ROWS COLUMNS OUT sklearn.manifold.TSNE; the coordinates as float32
  projection_peers.py umap FILE ROWS COLUMNS OUT umap.UMAP, its second call; the coordinates as float32
  projection_peers.py sgemm                     this machine's matrix product

The data commands write FOLDER/NAME.f32 (float32, row after row) and FOLDER/NAME.labels (one byte each). The others print one line of JSON.
One thread: set OMP_NUM_THREADS, OPENBLAS_NUM_THREADS to 1 before.
"""
import gzip
import json
import os
import resource
import sys
import time

import numpy as np


def spent():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def timed(work):
    cpu, wall = spent(), time.perf_counter()
    result = work()
    return result, {"cpu": spent() - cpu, "wall": time.perf_counter() - wall}


def save(folder, name, values, labels):
    values.astype("<f4").tofile(os.path.join(folder, name + ".f32"))
    labels.astype("u1").tofile(os.path.join(folder, name + ".labels"))
    print(json.dumps({"rows": values.shape[0], "columns": values.shape[1]}))


def digits(folder):
    from sklearn.datasets import load_digits
    data = load_digits()
    save(folder, "digits", data.data, data.target)


def fashion(folder, rows="70000"):
    def read(name, skip):
        with gzip.open("/usr/share/datasets/fashion-mnist/" + name + ".gz") as file:
            return np.frombuffer(file.read(), np.uint8, offset=skip)
    values = np.concatenate([read(part + "-images-idx3-ubyte", 16) for part in ("train", "t10k")]).reshape(-1, 784)
    labels = np.concatenate([read(part + "-labels-idx1-ubyte", 8) for part in ("train", "t10k")])
    save(folder, "fashion", values[:int(rows)].astype("f4") / 255, labels[:int(rows)])


def load(file, rows, columns):
    # The first rows, where the file has more.
    return np.fromfile(file, "<f4", int(rows) * int(columns)).reshape(int(rows), int(columns))


def pca(file, rows, columns, count):
    from sklearn.decomposition import PCA
    values = load(file, rows, columns)
    _, cost = timed(lambda: PCA(int(count), random_state=0).fit_transform(values))
    # The exact variances, in float64.
    wide = values.astype("f8")
    wide -= wide.mean(0)
    exact = np.linalg.eigvalsh(wide.T @ wide / (len(wide) - 1))[::-1][:int(count)]
    print(json.dumps({**cost, "variance": exact.tolist()}))


def knn(file, rows, columns, count):
    from sklearn.neighbors import NearestNeighbors
    values = load(file, rows, columns)
    search, cost = timed(lambda: NearestNeighbors(n_neighbors=int(count), algorithm="brute").fit(values))
    _, cost = timed(lambda: search.kneighbors())
    print(json.dumps(cost))


def tsne(file, rows, columns, out):
    from sklearn.manifold import TSNE
    with open(file, "rb") as start:
        values = np.fromfile(start, "<f4", int(rows) * int(columns)).reshape(int(rows), int(columns))
    model = TSNE(perplexity=30, init="pca", learning_rate="auto", n_iter=1000, method="barnes_hut", random_state=0, n_jobs=1)
    places, cost = timed(lambda: model.fit_transform(values))
    places.astype("<f4").tofile(out)
    print(json.dumps({**cost, "divergence": float(model.kl_divergence_)}))


def umap(file, rows, columns, out):
    from umap import UMAP
    values = load(file, rows, columns)
    # numba compiles at the first call; the larger search has code of its own.
    UMAP(random_state=0).fit_transform(values[:5000])
    places, cost = timed(lambda: UMAP(random_state=1).fit_transform(values))
    places.astype("<f4").tofile(out)
    print(json.dumps(cost))


def sgemm():
    left, right = np.random.default_rng(0).random((2, 2048, 2048), np.float32)
    best = 0.0
    for _ in range(5):
        _, cost = timed(lambda: left @ right.T)
        best = max(best, 2 * 2048**3 / cost["cpu"])
    print(json.dumps({"flops": best}))


if __name__ == "__main__":
    {f.__name__: f for f in (digits, fashion, pca, knn, tsne, umap, sgemm)}[sys.argv[1]](*sys.argv[2:])
