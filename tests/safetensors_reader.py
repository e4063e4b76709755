"""Reads every tensor of a safetensors file with only numpy and prints it: an independent check of our writer."""
import json
import sys

import numpy as np

TYPES = {"F32": "<f4", "F16": "<f2", "BF16": "<u2", "U8": "u1", "I8": "i1", "I16": "<i2", "I32": "<i4", "I64": "<i8"}

content = open(sys.argv[1], "rb").read()
length = int.from_bytes(content[:8], "little")
header = json.loads(content[8 : 8 + length].decode("utf-8"))
assert length % 8 == 0 and content[8:9] == b"{"
for key, value in sorted(header.pop("__metadata__", {}).items()):
    print(key, "=", value)
for name, entry in header.items():
    begin, end = (8 + length + offset for offset in entry["data_offsets"])
    values = np.frombuffer(content[begin:end], dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
    assert begin % values.itemsize == 0, "a tensor is not aligned to its type"
    if entry["dtype"] == "BF16":
        values = (values.astype("<u4") << 16).view("<f4")
    print(name, entry["dtype"], entry["shape"], values.ravel().tolist())
