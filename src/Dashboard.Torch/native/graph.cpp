#include "graph.hpp"
#include <algorithm>
#include <cctype>
#include <torch/csrc/jit/api/function_impl.h>
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

// Values that forward has defaults for are those; false where one cannot be written into the graph.
bool fix_defaults(const c10::FunctionSchema& schema, torch::jit::Graph& graph, int arity) {
  const auto& arguments = schema.arguments();
  for (auto i = arguments.size(); i-- > static_cast<size_t>(arity) + 1;) {
    if (!arguments[i].default_value()) return false;
    torch::jit::WithInsertPoint front(*graph.nodes().begin());
    auto constant = torch::jit::tryInsertConstant(graph, *arguments[i].default_value());
    if (!constant) return false;
    graph.inputs()[i]->replaceAllUsesWith(*constant);
    graph.eraseInput(i);
  }
  return true;
}

constexpr int most_names = 100;

c10::intrusive_ptr<c10::ivalue::Object> find_submodule(const torch::jit::Module& module, const std::string& name) {
  std::string names;
  int count = 0;
  for (const auto& item : module.named_modules()) {
    if (item.name == name) return item.value._ivalue();
    if (item.name.empty() || ++count > most_names) continue;
    names += (names.empty() ? "" : ", ") + item.name;
  }
  if (names.empty()) fail(LB_BAD_ARGUMENT, "the model has no module '" + name + "', and none at all inside it: leave the name out for its own output");
  if (count > most_names) names += " and " + std::to_string(count - most_names) + " more";
  fail(LB_BAD_ARGUMENT, "the model has no module '" + name + "'; it has " + names);
}

bool holds(const c10::intrusive_ptr<c10::ivalue::Object>& owner, const c10::intrusive_ptr<c10::ivalue::Object>& inner) {
  if (owner == inner || !owner->type()->is_module()) return false;
  for (const auto& part : torch::jit::Module(owner).modules())
    if (part._ivalue() == inner) return true;
  return false;
}

// A trace names the second call of a module forward1, and a script an overload forward__0.
bool is_forward(const std::string& method) {
  const std::string plain = "forward";
  if (method.compare(0, plain.size(), plain) != 0) return false;
  auto rest = method.substr(method.compare(plain.size(), 2, "__") == 0 ? plain.size() + 2 : plain.size());
  return std::all_of(rest.begin(), rest.end(), [](unsigned char c) { return std::isdigit(c); });
}

// The last call of a module's forward outside of branches and loops, all that lead there inlined.
Node* last_call(const torch::jit::Module& module, Graph& graph, const c10::intrusive_ptr<c10::ivalue::Object>& target, const std::string& name) {
  for (int pass = 0; pass < deepest_call; pass++) {
    // Branches on settings of the module are none.
    fold_attributes(module, *graph);
    torch::jit::ConstantPropagation(graph);
    Node* call = nullptr;
    bool within = false;
    std::vector<std::pair<Node*, torch::jit::GraphFunction*>> leading;
    each_node(graph->block(), [&](Node* node) {
      if (node->kind() != c10::prim::CallMethod) return;
      auto owner = attribute(module, node->input(0));
      if (!owner.isObject()) return;
      const auto& method = node->s(c10::attr::name);
      if (owner.toObject() == target && is_forward(method)) {
        if (node->owningBlock() == graph->block()) call = node;
        else within = true;
      } else if (owner.toObject() == target || holds(owner.toObject(), target)) {
        auto function = torch::jit::tryToGraphFunction(owner.toObject()->type()->getMethod(method));
        if (function) leading.emplace_back(node, function);
      }
    });
    if (leading.empty()) {
      if (call) return call;
      if (within) fail(LB_UNSUPPORTED, "the module '" + name + "' is called within a loop or a branch of forward, so that nobody knows how often: name one that is always called");
      fail(LB_UNSUPPORTED, "forward never calls the module '" + name + "', so that it gives out nothing");
    }
    for (auto& [node, function] : leading) torch::jit::inlineCallTo(node, function, function->graph().get());
  }
  fail(LB_UNSUPPORTED, "the calls that lead to the module '" + name + "' are nested more than " + std::to_string(deepest_call) + " deep");
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
  if (!fix_defaults(method->function().getSchema(), *graph, arity)) return nullptr;
  fold_attributes(module, *graph);
  torch::jit::ConstantPropagation(graph);
  // Not those that trust shapes: a trace remembers the ones it was made with.
  torch::jit::PeepholeOptimize(graph, true);
  torch::jit::ConstantPropagation(graph);
  torch::jit::EliminateDeadCode(graph);
  return graph;
}

Graph graph_up_to(const torch::jit::Module& module, int arity, const std::string& name) {
  auto target = find_submodule(module, name);
  auto method = module.get_method("forward");
  auto graph = method.graph()->copy();
  auto call = last_call(module, graph, target, name);
  if (!call->output()->type()->isSubtypeOf(*c10::TensorType::get()))
    fail(LB_UNSUPPORTED, "the module '" + name + "' gives out " + call->output()->type()->repr_str() + " and not one tensor: name a module that takes it further");
  while (!graph->outputs().empty()) graph->eraseOutput(0);
  // Nothing after the call may run: what works in place would change what was kept.
  for (auto node = graph->return_node()->prev(); node != call;) {
    auto before = node->prev();
    node->destroy();
    node = before;
  }
  graph->registerOutput(call->output());
  if (!fix_defaults(method.function().getSchema(), *graph, arity)) fail(LB_UNSUPPORTED, "forward has a default that cannot be written down; save the module without it");
  torch::jit::Inline(*graph);
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
