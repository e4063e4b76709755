#!/usr/bin/env python3
"""Writes tests/golden/pca.safetensors: scikit-learn's principal components, for tests/test_model_pca.cpp.

    /usr/bin/python3 tools/make_golden_pca.py        (made with scikit-learn 1.2.1 of Debian 12)

    x         correlated images (120, 30)
    axes      the first components, largest entry positive (5, 30)
    variance  explained by each (5); `ratio` holds it as a share of the total variance (5)
    codes     of the images (120, 5)

Computed in double precision from numbers that are exact in single precision.
"""
import json
import pathlib

import numpy as np
from sklearn.decomposition import PCA

IMAGES, PIXELS, COMPONENTS = 120, 30, 5


def safetensors(tensors):
    header, body = {}, b""
    for name, values in tensors.items():
        content = np.ascontiguousarray(values, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(body), len(body) + len(content)]}
        body += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + body


def main():
    rng = np.random.default_rng(5)
    spread = np.diag(np.linspace(2, 0.1, PIXELS))
    x = rng.standard_normal((IMAGES, PIXELS)) @ spread @ rng.standard_normal((PIXELS, PIXELS)) * 0.1 + 0.5
    x = x.astype(np.float32).astype(np.float64)
    pca = PCA(COMPONENTS, svd_solver="full").fit(x)
    sign = np.sign(pca.components_[np.arange(COMPONENTS), np.abs(pca.components_).argmax(axis=1)])
    tensors = {
        "x": x,
        "axes": pca.components_ * sign[:, None],
        "variance": pca.explained_variance_,
        "ratio": pca.explained_variance_ratio_,
        "codes": pca.transform(x) * sign,
    }
    path = pathlib.Path(__file__).parent.parent / "tests" / "golden" / "pca.safetensors"
    path.write_bytes(safetensors(tensors))
    print(f"{path.name}: {path.stat().st_size} bytes, ratios {pca.explained_variance_ratio_}")


if __name__ == "__main__":
    main()
