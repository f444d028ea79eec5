"""What scipy and scikit-learn say of random label counts and of the incomplete gamma function: label_peers.py FILE."""

import json
import sys

import numpy
from scipy import special, stats
from scipy.spatial import distance
from sklearn.utils.class_weight import compute_class_weight

random = numpy.random.default_rng(20)


def gamma():
    shapes = numpy.concatenate([numpy.arange(0.5, 30, 0.5), 10 ** random.uniform(-2, 4.7, 200), numpy.floor(10 ** random.uniform(0, 5, 60)) / 2 + 0.5])
    for shape in shapes:
        for factor in (0.01, 0.5, 0.9, 1.0, 1.1, 2.0, 5.0):
            x = shape * factor
            yield [float(shape), float(x), float(special.gammaincc(shape, x)), float(special.gammainc(shape, x))]


def comparison(classes, total, zeros):
    a = random.multinomial(total, random.dirichlet(numpy.full(classes, 0.7)))
    b = random.multinomial(total // 3, random.dirichlet(numpy.full(classes, 0.7)))
    if not zeros:
        a, b = a + 1, b + 1
    kept = (a + b) > 0
    p, q = a / a.sum(), b / b.sum()
    test = stats.chi2_contingency(numpy.array([a[kept], b[kept]]), correction=False)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        terms = (p - q) * numpy.log(p / q)
    psi = float(numpy.nansum(numpy.where(p == q, 0, terms)))
    names = numpy.repeat(numpy.arange(classes), a)
    weights = compute_class_weight("balanced", classes=numpy.unique(names), y=names)
    return {
        "a": a.tolist(), "b": b.tolist(), "kl": text(stats.entropy(p, q)), "kl_reverse": text(stats.entropy(q, p)), "js": float(distance.jensenshannon(p, q, base=2)), "psi": text(psi),
        "tv": float(numpy.abs(p - q).sum() / 2), "chi2": float(test[0]), "p": float(test[1]), "dof": int(test[2]), "entropy": float(stats.entropy(p, base=2)), "weights": weights.tolist(),
    }


def text(value):
    return "Infinity" if numpy.isinf(value) else float(value)


cases = [comparison(int(classes), int(total), zeros) for zeros in (False, True) for classes, total in ((2, 40), (3, 1000), (10, 300), (100, 5000), (1000, 2000))]
with open(sys.argv[1], "w", encoding="utf-8") as target:
    json.dump({"gamma": list(gamma()), "cases": cases}, target)
