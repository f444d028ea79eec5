"""A PyTorch module as TorchScript, in which form the server's workers can evaluate it with other weights."""

from __future__ import annotations

import copy
import io
import os
import warnings
import zipfile
from contextlib import ExitStack, contextmanager
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

from .safetensors import Part, parts

_WRAPPERS = ("DataParallel", "DistributedDataParallel", "AveragedModel")
_HALF = ("torch.float16", "torch.bfloat16")


class NoTorchScript(Exception):
    """Why a module cannot be written."""


class _UnfitOutput(NoTorchScript):
    """No other way would make it fit."""


def unwrap(module: Any) -> Any:
    """The module inside what parallelism, averaging and compilation put around it."""
    while True:
        if hasattr(module, "_orig_mod"):
            module = module._orig_mod
        elif type(module).__name__ in _WRAPPERS and hasattr(module, "module"):
            module = module.module
        else:
            return module


def is_torchscript(content: Any) -> bool:
    """Whether a file, by its path or as bytes, is one that `torch.jit.save` wrote. What `torch.save` writes has no code in it."""
    source = io.BytesIO(content) if isinstance(content, (bytes, bytearray, memoryview)) else os.fspath(content)
    try:
        with zipfile.ZipFile(source) as archive:
            return any("/code/" in name for name in archive.namelist())
    except zipfile.BadZipFile:
        return False


def weights(state: Any) -> Dict[str, Part]:
    """The tensors of a module, or of its `state_dict()`. Raises TypeError where there is something else."""
    if hasattr(state, "state_dict"):
        state = unwrap(state).state_dict()
    if not isinstance(state, Mapping):
        raise TypeError(f"a checkpoint is a module or its state_dict(), not {type(state).__name__}")
    found = {}
    for name, tensor in state.items():
        if hasattr(tensor, "detach") or hasattr(tensor, "__array__"):
            found[name] = tensor
        # What a module says of itself beside its tensors is no part of its weights.
        elif not str(name).endswith("_extra_state"):
            raise TypeError(f"{name!r} is no tensor but {type(tensor).__name__}: give the module or its state_dict()")
    if not found:
        raise ValueError("there are no weights in it")
    return parts(found)


def save(module: Any, example_inputs: Any, method: Optional[str], path: str) -> None:
    """Writes the module to a file, with CPU tensors. Raises NoTorchScript with the reason for each way that was tried.

    The module itself stays where it is, and in the mode it is in.
    """
    if method not in (None, "trace", "script"):
        raise NoTorchScript(f"method must be 'trace', 'script' or None, not {method!r}")
    import torch

    module = unwrap(module)
    if isinstance(module, torch.jit.ScriptModule):
        if next(module.parameters(), None) is None:
            raise NoTorchScript("the module has no parameters to vary; torch.jit.freeze and optimize_for_inference turn them into constants")
        _write(module, path)
        return
    if not isinstance(module, torch.nn.Module):
        kind = type(module).__name__
        hint = "; add_checkpoint() takes weights" if isinstance(module, Mapping) else ""
        raise NoTorchScript(f"a model is a torch.nn.Module or a TorchScript file, not {kind}{hint}")
    if method == "trace" and example_inputs is None:
        raise NoTorchScript("tracing needs example_inputs: what forward() is given")
    ways = [method] if method else ["script"] if example_inputs is None else ["trace", "script"]
    reasons: List[str] = []
    with _evaluating(module), warnings.catch_warnings():
        # What tracing warns of is looked at below, by running the result.
        warnings.simplefilter("ignore")
        subject = _on_cpu(module)
        for way in ways:
            try:
                made = _traced(subject, example_inputs) if way == "trace" else torch.jit.script(subject)
                _check_parameters(subject, made)
                _write(made, path)
                return
            except _UnfitOutput:
                raise
            except Exception as error:
                reasons.append(f"{'tracing' if way == 'trace' else 'scripting'} failed: {_brief(error)}")
    if ways == ["script"]:
        reasons.append("with example_inputs it would be traced, which takes most modules")
    raise NoTorchScript("; ".join(reasons))


@contextmanager
def _evaluating(module: Any) -> Iterator[None]:
    """Evaluation mode, without autocast and with gradients; every submodule gets its own flag back."""
    import torch

    flags = [(part, part.training) for part in module.modules()]
    with ExitStack() as stack:
        # A forward that draws numbers must not change those that training draws.
        stack.enter_context(torch.random.fork_rng(devices=[]))
        # In evaluation mode without gradients attention takes a fused path, which has no derivatives.
        stack.enter_context(torch.enable_grad())
        if hasattr(torch, "autocast"):
            stack.enter_context(torch.autocast("cpu", enabled=False))
        try:
            module.eval()
            yield
        finally:
            for part, training in flags:
                part.training = training


def _on_cpu(module: Any) -> Any:
    """The module itself, or a copy where it lies on another device or is of half precision, in which a CPU cannot compute everything."""
    import torch

    tensors = [*module.parameters(), *module.buffers()]
    if all(tensor.device.type == "cpu" and str(tensor.dtype) not in _HALF for tensor in tensors):
        return module
    for part in module.modules():
        # Tensors that are neither (a weight computed by a hook) are part of a graph, which cannot be copied.
        tensors.extend(value for value in vars(part).values() if isinstance(value, torch.Tensor))
    memo: Dict[int, Any] = {}
    for tensor in tensors:
        moved = tensor.detach().to("cpu", torch.float32 if str(tensor.dtype) in _HALF else tensor.dtype, copy=True)
        memo[id(tensor)] = torch.nn.Parameter(moved, tensor.requires_grad) if isinstance(tensor, torch.nn.Parameter) else moved
    return copy.deepcopy(module, memo)


def _traced(module: Any, example_inputs: Any) -> Any:
    import torch

    inputs = _example(example_inputs)
    output = _first(module(*inputs))
    if not isinstance(output, torch.Tensor):
        kind = type(output).__name__
        raise _UnfitOutput(f"forward() returns {kind}; the server needs a tensor, or a tuple that begins with one: put a module around it")
    traced = torch.jit.trace(module, inputs, check_trace=False)
    # A trace holds what happened for the example. The server gives other numbers of samples, so another number is tried.
    other = _other_number(inputs)
    if other is None:
        return traced
    try:
        expected = _first(module(*other))
    except Exception:
        return traced  # the module itself takes only the example's number
    try:
        if _alike(expected, _first(traced(*other))) or not _alike(expected, _first(module(*other))):
            return traced  # the second case is a module that draws numbers: its answers cannot be compared
    except Exception:
        pass  # said below, like a wrong answer
    raise NoTorchScript(f"the trace holds the example's {inputs[0].shape[0]} samples and is wrong for {other[0].shape[0]}")


def _example(values: Any) -> Tuple[Any, ...]:
    import torch

    # A list of numbers is one input; a list of arrays is one for each argument.
    several = isinstance(values, (tuple, list)) and bool(values) and not isinstance(values[0], (int, float, list, tuple))
    found = []
    for value in values if several else (values,):
        tensor = torch.as_tensor(value).detach().cpu()
        found.append(tensor.float() if str(tensor.dtype) in _HALF else tensor)
    return tuple(found)


def _other_number(inputs: Tuple[Any, ...]) -> Optional[Tuple[Any, ...]]:
    """The inputs with half their samples, or twice as many where there is one; None where the first axes are not the samples'."""
    import torch

    if any(not tensor.dim() or tensor.shape[0] != inputs[0].shape[0] for tensor in inputs) or not inputs[0].shape[0]:
        return None
    count = inputs[0].shape[0]
    return tuple(tensor[: count // 2] if count > 1 else torch.cat([tensor, tensor]) for tensor in inputs)


def _first(output: Any) -> Any:
    return output[0] if isinstance(output, (tuple, list)) and output else output


def _alike(one: Any, other: Any) -> bool:
    import torch

    # float32 sums in another order differ by a few last digits.
    return one.shape == other.shape and torch.allclose(one.double(), other.double(), rtol=1e-3, atol=1e-5, equal_nan=True)


def _check_parameters(module: Any, made: Any) -> None:
    """A parameter that became a constant could not be varied any more."""
    there = {name for name, _ in made.named_parameters()}
    shared: Dict[int, List[str]] = {}
    for part_name, part in module.named_modules(remove_duplicate=False):
        for name, parameter in part._parameters.items():
            if parameter is not None:
                shared.setdefault(id(parameter), []).append(f"{part_name}.{name}" if part_name else name)
    lost = [names[0] for names in shared.values() if not there.intersection(names)]
    if lost:
        raise NoTorchScript(f"the parameters {', '.join(lost[:5])} would be constants in it")


def _write(made: Any, path: str) -> None:
    import torch

    if any(tensor.device.type != "cpu" for tensor in [*made.parameters(), *made.buffers()]):
        moved = io.BytesIO()
        torch.jit.save(made, moved)
        moved.seek(0)
        made = torch.jit.load(moved, map_location="cpu")
    torch.jit.save(made, path)


def _brief(error: BaseException) -> str:
    """The first lines that say something; compilers of Python give whole listings."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{' '.join(lines[:2])[:300] or type(error).__name__}"
