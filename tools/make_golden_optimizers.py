#!/usr/bin/env python3
"""Writes tests/golden/optimizers.safetensors: ten steps of PyTorch's optimisers, for tests/test_train_golden.cpp.

    /usr/bin/python3 tools/make_golden_optimizers.py        (made with PyTorch 1.13.0 of Debian 12, on a CPU)

    start        the weights before the first step (40)
    gradients    the same for every optimiser, one row per step (10, 40)
    <case>       the weights after each step (10, 40)
    rates.<case> the learning rate of each step, where a scheduler of PyTorch sets it (10)
    average      of the weights of case adam, by torch.optim.swa_utils.AveragedModel with decay 0.5 (10, 40)

Computed in double precision from numbers that are exact in single precision.
"""
import json
import pathlib

import numpy as np
import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR
from torch.optim.swa_utils import AveragedModel

STEPS, SIZE, RATE = 10, 40, 0.03
CASES = {
    "adam": lambda p: torch.optim.Adam(p, lr=RATE, betas=(0.9, 0.999), eps=1e-8),
    "adam_decay": lambda p: torch.optim.Adam(p, lr=RATE, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, lr=RATE, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=RATE, alpha=0.9, eps=1e-7),
    "rmsprop_momentum": lambda p: torch.optim.RMSprop(p, lr=RATE, alpha=0.99, eps=1e-8, momentum=0.7, weight_decay=0.1),
    "sgd": lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9),
    "sgd_decay": lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.5, weight_decay=0.1),
    "adam_clipped": lambda p: torch.optim.Adam(p, lr=RATE),
    "adam_cosine": lambda p: torch.optim.Adam(p, lr=RATE),
    "adam_warmup": lambda p: torch.optim.Adam(p, lr=RATE),
}
CLIP = 4.0  # of case adam_clipped: below the norm of some gradients, above that of others
SCHEDULERS = {
    "adam_cosine": lambda o: CosineAnnealingLR(o, T_max=STEPS),
    "adam_warmup": lambda o: LinearLR(o, start_factor=0.25, total_iters=3),
}


class Weights(torch.nn.Module):
    def __init__(self, start):
        super().__init__()
        self.w = torch.nn.Parameter(start.clone())


torch.manual_seed(3)
start = torch.randn(SIZE).float().double()
gradients = (torch.randn(STEPS, SIZE) * torch.linspace(0.2, 1.5, STEPS)[:, None]).float().double()
assert (gradients.norm(dim=1) > CLIP).any() and (gradients.norm(dim=1) < CLIP).any()
tensors = {"start": start, "gradients": gradients}
for name, make in CASES.items():
    module = Weights(start)
    optimizer = make(module.parameters())
    scheduler = SCHEDULERS[name](optimizer) if name in SCHEDULERS else None
    # In the first steps the start is forgotten faster: min(decay, (1 + t) / (10 + t)) for t = 1, 2 ...
    average = AveragedModel(module, avg_fn=lambda a, w, n: a + (w - a) * (1 - min(0.5, (1 + n.item()) / (10 + n.item()))))
    average.update_parameters(module)  # the first call copies
    weights, rates, averages = [], [], []
    for gradient in gradients:
        module.w.grad = gradient.clone()
        if name == "adam_clipped":
            torch.nn.utils.clip_grad_norm_(module.parameters(), CLIP)
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if scheduler:
            scheduler.step()
        average.update_parameters(module)
        weights.append(module.w.detach().clone())
        averages.append(average.module.w.detach().clone())
    tensors[name] = torch.stack(weights)
    if scheduler:
        tensors[f"rates.{name}"] = torch.tensor(rates, dtype=torch.double)
    if name == "adam":
        tensors["average"] = torch.stack(averages)

header, parts, offset = {"__metadata__": {"generator": "tools/make_golden_optimizers.py"}}, [], 0
for name, tensor in sorted(tensors.items()):
    values = np.asarray(tensor.numpy(), dtype="<f4")
    header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
    parts.append(values.tobytes())
    offset += values.nbytes
text = json.dumps(header, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
path = pathlib.Path(__file__).resolve().parent.parent / "tests" / "golden" / "optimizers.safetensors"
path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))
print(f"{path.name}: {path.stat().st_size} bytes")
