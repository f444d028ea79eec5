#include "fused.hpp"
#include "kernels.hpp"
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/runtime/custom_operator.h>

namespace lossboard {
namespace {

using torch::jit::Node;
using torch::jit::Stack;
using torch::jit::Value;

// A product with few columns goes through OpenBLAS's kernel for small matrices in pieces of this many rows: twice as fast as at once.
constexpr int64_t few_columns = 16, piece = 64;

template <class F>
void by_type(const at::Tensor& tensor, F&& body) {
  if (tensor.scalar_type() == at::kFloat) body(float());
  else body(double());
}

template <class T>
T* data(const at::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr<T>() : nullptr; }

bool is_rows(const at::Tensor& y) {
  if (y.dim() == 2) return y.is_contiguous();
  return (y.dim() == 4 && y.is_contiguous(at::MemoryFormat::ChannelsLast)) || (y.dim() == 5 && y.is_contiguous(at::MemoryFormat::ChannelsLast3d));
}

at::Tensor finish_generic(at::Tensor y, const at::Tensor& scale, const at::Tensor& shift, const at::Tensor& other, bool relu) {
  std::vector<int64_t> shape(static_cast<size_t>(y.dim()), 1);
  shape[1] = -1;
  if (scale.defined()) y = y * scale.view(shape);
  if (shift.defined()) y = y + shift.view(shape);
  if (other.defined()) y = y + other;
  return relu ? at::relu(y) : y;
}

at::Tensor optional_tensor(const c10::IValue& value) { return value.isNone() ? at::Tensor() : value.toTensor(); }

void run_finish(Stack& stack) {
  bool relu = torch::jit::pop(stack).toBool();
  auto other = optional_tensor(torch::jit::pop(stack));
  auto epsilon = torch::jit::pop(stack).toDouble();
  auto variance = optional_tensor(torch::jit::pop(stack)), mean = optional_tensor(torch::jit::pop(stack));
  auto bias = optional_tensor(torch::jit::pop(stack)), weight = optional_tensor(torch::jit::pop(stack));
  auto y = torch::jit::pop(stack).toTensor();
  at::Tensor scale, shift;
  if (mean.defined()) {
    scale = (variance + epsilon).rsqrt_();
    if (weight.defined()) scale.mul_(weight);
    shift = mean.mul(scale).neg_();
    if (bias.defined()) shift.add_(bias);
  }
  stack.emplace_back(finish(std::move(y), scale, shift, other, relu));
}

void run_linear(Stack& stack) {
  bool relu = torch::jit::pop(stack).toBool();
  auto bias = optional_tensor(torch::jit::pop(stack));
  auto weight = torch::jit::pop(stack).toTensor(), x = torch::jit::pop(stack).toTensor();
  stack.emplace_back(fused_linear(x, weight, bias, relu));
}

const torch::jit::RegisterOperators operators({
  torch::jit::Operator("lossboard::finish(Tensor y, Tensor? weight, Tensor? bias, Tensor? mean, Tensor? variance, float eps, Tensor? other, bool relu) -> Tensor", run_finish,
                       c10::AliasAnalysisKind::CONSERVATIVE),
  torch::jit::Operator("lossboard::linear(Tensor x, Tensor weight, Tensor? bias, bool relu) -> Tensor", run_linear, c10::AliasAnalysisKind::CONSERVATIVE),
});

bool is_constant(Value* value, bool expected) {
  auto constant = torch::jit::toIValue(value);
  return constant && constant->isBool() && constant->toBool() == expected;
}

bool is_tensor(Value* value) { return value->type()->kind() == c10::TypeKind::TensorType; }

// The one reader of a value, in the same block; null where there are several or none.
Node* only_reader(Value* value, torch::jit::Block* block) {
  if (value->uses().size() != 1) return nullptr;
  auto reader = value->uses()[0].user;
  return reader->owningBlock() == block && reader->kind() != c10::prim::Return && reader->outputs().size() == 1 ? reader : nullptr;
}

bool is_relu(const Node* node) { return is_kind(node, "aten::relu") || is_kind(node, "aten::relu_"); }

bool is_addition(Node* node, Value* term) {
  bool in_place = is_kind(node, "aten::add_");
  if ((!in_place && !is_kind(node, "aten::add")) || node->inputs().size() != 3 || !is_tensor(node->input(0)) || !is_tensor(node->input(1))) return false;
  if (in_place && node->input(0) != term) return false;
  auto factor = torch::jit::toIValue(node->input(2));
  return factor && factor->isInt() && factor->toInt() == 1;
}

bool is_batch_norm(Node* node, Value* input) {
  return is_kind(node, "aten::batch_norm") && node->input(0) == input && is_constant(node->input(5), false) && is_tensor(node->input(3)) && is_tensor(node->input(4)) &&
         torch::jit::toIValue(node->input(7));
}

void fuse_after(torch::jit::Graph& graph, Value* value, torch::jit::Block* block) {
  std::vector<Node*> replaced;
  Node *norm = nullptr, *relu = nullptr;
  Value *other = nullptr, *last = value;
  auto next = only_reader(last, block);
  auto take = [&] {
    replaced.push_back(next);
    last = next->output();
    next = only_reader(last, block);
  };
  if (next && is_batch_norm(next, last)) {
    norm = next;
    take();
  }
  if (next && is_addition(next, last)) {
    other = next->input(0) == last ? next->input(1) : next->input(0);
    take();
  }
  if (next && is_relu(next)) {
    relu = next;
    take();
  }
  if (replaced.empty()) return;
  torch::jit::WithInsertPoint here(replaced.back());
  auto none = graph.insertConstant(c10::IValue());
  std::vector<Value*> inputs{value, norm ? norm->input(1) : none, norm ? norm->input(2) : none, norm ? norm->input(3) : none, norm ? norm->input(4) : none,
                             norm ? norm->input(7) : graph.insertConstant(0.0), other ? other : none, graph.insertConstant(relu != nullptr)};
  auto made = graph.insertNode(graph.create(c10::Symbol::fromQualString("lossboard::finish"), inputs));
  last->replaceAllUsesWith(made->output());
  for (auto it = replaced.rbegin(); it != replaced.rend(); ++it) (*it)->destroy();
}

void fuse_linear(torch::jit::Graph& graph, Node* node) {
  auto next = only_reader(node->output(), node->owningBlock());
  bool relu = next && is_relu(next);
  torch::jit::WithInsertPoint here(node);
  auto made = graph.insertNode(graph.create(c10::Symbol::fromQualString("lossboard::linear"), {node->input(0), node->input(1), node->input(2), graph.insertConstant(relu)}));
  (relu ? next : node)->output()->replaceAllUsesWith(made->output());
  if (relu) next->destroy();
  node->destroy();
}

void fuse_block(torch::jit::Graph& graph, torch::jit::Block* block) {
  std::vector<Node*> linear, convolutions;
  for (auto node : block->nodes()) {
    for (auto inner : node->blocks()) fuse_block(graph, inner);
    if (is_kind(node, "aten::linear")) linear.push_back(node);
    if (is_convolution(node)) convolutions.push_back(node);
  }
  for (auto node : convolutions) fuse_after(graph, node->output(), block);
  for (auto node : linear) fuse_linear(graph, node);
}

}  // namespace

bool has_kernels(const at::Tensor& tensor) { return tensor.device().is_cpu() && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kDouble); }

at::Tensor finish(at::Tensor y, const at::Tensor& scale, const at::Tensor& shift, const at::Tensor& other, bool relu) {
  bool rows = is_rows(y);
  bool same = has_kernels(y) && (rows || y.is_contiguous()) && y.dim() >= 2;
  for (const auto* tensor : {&scale, &shift}) same &= !tensor->defined() || (tensor->is_contiguous() && tensor->scalar_type() == y.scalar_type());
  same &= !other.defined() || (other.sizes() == y.sizes() && other.scalar_type() == y.scalar_type());
  if (!same) return finish_generic(std::move(y), scale, shift, other, relu);
  auto added = other.defined() && other.strides() != y.strides() ? at::empty_like(y).copy_(other) : other;
  auto channels = y.size(1);
  by_type(y, [&](auto zero) {
    using T = decltype(zero);
    if (rows) finish_rows<T>(data<T>(y), data<T>(scale), data<T>(shift), data<T>(added), y.numel() / channels, channels, relu);
    else finish_planes<T>(data<T>(y), data<T>(scale), data<T>(shift), data<T>(added), y.size(0), channels, y.numel() / (y.size(0) * channels), relu);
  });
  return y;
}

at::Tensor fused_linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu) {
  bool plain = has_kernels(x) && x.dim() == 2 && weight.scalar_type() == x.scalar_type() && (!bias.defined() || (bias.scalar_type() == x.scalar_type() && bias.is_contiguous()));
  if (!plain) {
    auto y = at::linear(x, weight, bias);
    return relu ? at::relu(y) : y;
  }
  auto transposed = weight.t();
  at::Tensor y;
  if (weight.size(0) <= few_columns && x.size(0) > piece) {
    y = at::empty({x.size(0), weight.size(0)}, x.options());
    for (int64_t first = 0; first < x.size(0); first += piece) {
      auto part = y.narrow(0, first, std::min(piece, x.size(0) - first));
      at::mm_out(part, x.narrow(0, first, part.size(0)), transposed);
    }
  } else {
    y = at::mm(x, transposed);
  }
  return bias.defined() || relu ? finish(std::move(y), {}, bias, {}, relu) : y;
}

void fuse(const Graph& graph, Value* fresh) {
  if (fresh) fuse_after(*graph, fresh, graph->block());
  fuse_block(*graph, graph->block());
}

}  // namespace lossboard
