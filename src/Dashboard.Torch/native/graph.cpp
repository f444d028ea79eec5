#include "graph.hpp"
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/constant_propagation.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/passes/inliner.h>
#include <torch/csrc/jit/passes/peephole.h>

namespace lossboard {
namespace {

using torch::jit::Block;
using torch::jit::Node;
using torch::jit::Value;

constexpr int deepest_call = 64;

template <class F>
void each_node(Block* block, F&& visit) {
  for (auto it = block->nodes().begin(); it != block->nodes().end();) {
    Node* node = *it;
    ++it;
    for (auto inner : node->blocks()) each_node(inner, visit);
    visit(node);
  }
}

// What a chain of attributes leads to from the module; None where it is no such chain.
c10::IValue attribute(const torch::jit::Module& module, Value* value) {
  auto node = value->node();
  if (node->kind() == c10::prim::Param) return value == value->owningGraph()->inputs()[0] ? c10::IValue(module._ivalue()) : c10::IValue();
  if (node->kind() != c10::prim::GetAttr) return {};
  auto owner = attribute(module, node->input(0));
  if (!owner.isObject()) return {};
  return owner.toObject()->getAttr(node->s(c10::attr::name));
}

bool is_plain(const c10::IValue& value) { return value.isBool() || value.isInt() || value.isDouble() || value.isString() || value.isNone(); }

// Calls that were not inlined, and attributes that change: nothing can be said about such a graph.
bool is_opaque(const Node* node) {
  return node->kind() == c10::prim::SetAttr || node->kind() == c10::prim::CallMethod || node->kind() == c10::prim::CallFunction || node->kind() == c10::prim::fork;
}

void fold_attributes(const torch::jit::Module& module, torch::jit::Graph& graph) {
  each_node(graph.block(), [&](Node* node) {
    if (node->kind() != c10::prim::GetAttr) return;
    auto owner = attribute(module, node->input(0));
    if (!owner.isObject()) return;
    auto value = owner.toObject()->getAttr(node->s(c10::attr::name));
    if (!is_plain(value)) return;
    torch::jit::WithInsertPoint here(node);
    node->output()->replaceAllUsesWith(graph.insertConstant(value));
  });
}

}  // namespace

bool is_kind(const Node* node, const char* name) { return node->kind() == c10::Symbol::fromQualString(name); }

bool is_convolution(const Node* node) {
  return is_kind(node, "aten::conv1d") || is_kind(node, "aten::conv2d") || is_kind(node, "aten::conv3d") || is_kind(node, "aten::_convolution");
}

Graph flat_graph(const torch::jit::Module& module, int arity) {
  auto method = module.find_method("forward");
  if (!method) return nullptr;
  auto graph = method->graph()->copy();
  // One pass may leave the calls of what it has just put in.
  bool opaque = true;
  for (int pass = 0; pass < deepest_call && opaque; pass++) {
    torch::jit::Inline(*graph);
    opaque = false;
    each_node(graph->block(), [&](Node* node) { opaque |= is_opaque(node); });
  }
  if (opaque || graph->outputs().size() != 1) return nullptr;
  // Values that forward has defaults for are those.
  const auto& arguments = method->function().getSchema().arguments();
  for (auto i = arguments.size(); i-- > static_cast<size_t>(arity) + 1;) {
    if (!arguments[i].default_value()) return nullptr;
    torch::jit::WithInsertPoint front(*graph->nodes().begin());
    auto constant = torch::jit::tryInsertConstant(*graph, *arguments[i].default_value());
    if (!constant) return nullptr;
    graph->inputs()[i]->replaceAllUsesWith(*constant);
    graph->eraseInput(i);
  }
  fold_attributes(module, *graph);
  torch::jit::ConstantPropagation(graph);
  // Not those that trust shapes: a trace remembers the ones it was made with.
  torch::jit::PeepholeOptimize(graph, true);
  torch::jit::ConstantPropagation(graph);
  torch::jit::EliminateDeadCode(graph);
  return graph;
}

void use_batch_statistics(const Graph& graph) {
  each_node(graph->block(), [&](Node* node) {
    if (!is_kind(node, "aten::batch_norm")) return;
    torch::jit::WithInsertPoint here(node);
    auto none = graph->insertConstant(c10::IValue());
    node->replaceInput(3, none);
    node->replaceInput(4, none);
    node->replaceInput(5, graph->insertConstant(true));
  });
  torch::jit::EliminateDeadCode(graph);
}

at::Tensor attribute_tensor(const torch::jit::Module& module, Value* value) {
  auto found = value->node()->kind() == c10::prim::GetAttr ? attribute(module, value) : c10::IValue();
  return found.isTensor() ? found.toTensor() : at::Tensor();
}

at::Tensor output_tensor(const c10::IValue& result) {
  if (result.isTensor()) return result.toTensor();
  if (result.isTuple() && !result.toTuple()->elements().empty() && result.toTuple()->elements()[0].isTensor()) return result.toTuple()->elements()[0].toTensor();
  fail(LB_UNSUPPORTED, "forward must return a tensor, or a tuple that begins with one, not " + result.tagKind());
}

at::Tensor Program::run(std::vector<c10::IValue> inputs) const {
  torch::jit::InterpreterState(code_).run(inputs);
  return output_tensor(inputs.at(0));
}

}  // namespace lossboard
