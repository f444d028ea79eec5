// Several operations of a graph in one pass over memory. For evaluation only: what is replaced cannot be differentiated.
#pragma once
#include "graph.hpp"

namespace lossboard {

// Replaces linear layers, and what follows a linear or convolution layer (BatchNorm with stored statistics, an addition, ReLU). `fresh`: an
// input of the graph that nobody else reads, to be taken for the output of such a layer; may be null.
void fuse(const Graph& graph, torch::jit::Value* fresh);

// x·wᵀ + b.
at::Tensor fused_linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu);

// y ← relu?(y·scale + shift + other) in place where that can be; scale and shift are for dimension 1. Undefined tensors are left out.
at::Tensor finish(at::Tensor y, const at::Tensor& scale, const at::Tensor& shift, const at::Tensor& other, bool relu);

// On the CPU, in a type that there are kernels for.
bool has_kernels(const at::Tensor& tensor);

}  // namespace lossboard
