// A module's forward as one flat graph of its own, which may be rewritten: the module is never touched.
#pragma once
#include "status.hpp"
#include <memory>
#include <vector>

namespace lossboard {

using Graph = std::shared_ptr<torch::jit::Graph>;

// forward with every call inlined and every attribute that is no tensor folded in; its inputs are the module, the inputs and, where
// `arity` is 2, the targets. Null where something in it cannot be looked through.
Graph flat_graph(const torch::jit::Module& module, int arity);

// forward up to the last call of the submodule of that name, whose output it gives; nothing after the call is left.
Graph graph_up_to(const torch::jit::Module& module, int arity, const std::string& name);

// BatchNorm takes mean and variance from what goes through it, and leaves the stored ones alone.
void use_batch_statistics(const Graph& graph);

// The tensor that a chain of attributes leads to; undefined for any other value.
at::Tensor attribute_tensor(const torch::jit::Module& module, torch::jit::Value* value);

bool is_kind(const torch::jit::Node* node, const char* name);
bool is_convolution(const torch::jit::Node* node);

// What forward returned, as the one tensor that counts.
at::Tensor output_tensor(const c10::IValue& result);

// A graph made ready to run on the module or any clone of it, from several threads.
class Program {
 public:
  explicit Program(const Graph& graph) : code_(graph, "lossboard") {}
  at::Tensor run(std::vector<c10::IValue> inputs) const;

 private:
  torch::jit::Code code_;
};

}  // namespace lossboard
