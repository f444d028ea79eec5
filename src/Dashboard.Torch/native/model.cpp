#include "model.hpp"
#include "graph.hpp"
#include <algorithm>
#include <atomic>
#include <sstream>
#include <unordered_set>

namespace lossboard {
namespace {

std::atomic<int64_t> next_family{1};

bool same_memory(const at::Tensor& a, const at::Tensor& b) {
  return a.is_alias_of(b) && a.storage_offset() == b.storage_offset() && a.sizes() == b.sizes() && a.strides() == b.strides();
}

// First and last element that a tensor reaches within its storage, in elements.
std::pair<int64_t, int64_t> reach(const at::Tensor& tensor) {
  int64_t last = tensor.storage_offset();
  for (int64_t i = 0; i < tensor.dim(); i++) last += (tensor.size(i) - 1) * tensor.stride(i);
  return {tensor.storage_offset(), last};
}

std::string shape_json(at::IntArrayRef shape) {
  std::ostringstream text;
  text << '[';
  for (size_t i = 0; i < shape.size(); i++) text << (i ? "," : "") << shape[i];
  text << ']';
  return text.str();
}

at::Device parse_device(const char* name) {
  at::Device device(name && *name ? name : "cpu");
  if (device.is_cuda() && !at::hasCUDA()) fail(LB_UNSUPPORTED, "this libtorch has no CUDA, or no GPU is visible: choose the device cpu");
  return device;
}

}  // namespace

std::unique_ptr<Model> Model::load(const char* path, const char* device) {
  require(path && *path, "a path is needed");
  auto model = std::make_unique<Model>();
  model->device_ = parse_device(device);
  model->family_ = next_family++;
  try {
    model->module_ = torch::jit::load(path, at::Device(at::kCPU));
  } catch (const c10::Error& e) {
    std::string why = e.what_without_backtrace();
    if (is_out_of_memory(why)) throw;
    fail(LB_UNSUPPORTED, "the file is no TorchScript module that this libtorch (" TORCH_VERSION ") can read (save one with torch.jit.script or torch.jit.trace): " + why);
  }
  model->bind();
  return model;
}

std::unique_ptr<Model> Model::clone() const {
  at::NoGradGuard no_grad;
  auto copy = std::make_unique<Model>();
  copy->device_ = device_;
  copy->family_ = family_;
  // deepcopy remembers tensors by their storage: views into the one flat tensor would all become the same tensor. So each parameter gets
  // memory of its own for the copy's sake, which its leaves share, because they must still be one afterwards.
  auto self = const_cast<Model*>(this);
  for (auto& slot : self->slots_) {
    auto own = slot.leaves[0].detach().clone();
    for (auto& leaf : slot.leaves) leaf.set_data(own);
  }
  try {
    copy->module_ = module_.deepcopy();
  } catch (...) {
    self->alias();
    throw;
  }
  self->alias();
  copy->bind();
  return copy;
}

void Model::bind() {
  at::NoGradGuard no_grad;
  module_.eval();
  auto method = module_.find_method("forward");
  if (!method) fail(LB_UNSUPPORTED, "the module has no forward");
  const auto& arguments = method->function().getSchema().arguments();
  arity_ = static_cast<int>(std::count_if(arguments.begin() + 1, arguments.end(), [](const c10::Argument& a) { return !a.default_value(); }));
  if (arity_ == 0 && arguments.size() > 1) arity_ = 1;
  if (arity_ > 2) fail(LB_UNSUPPORTED, "forward takes " + std::to_string(arity_) + " values; it must take the inputs, or the inputs and the targets");
  find_slots();
  refuse_overlaps();
  find_buffers();
  flat_ = at::empty({slots_.back().offset + slots_.back().count}, at::TensorOptions().dtype(type_).device(device_));
  for (auto& slot : slots_) view(flat_, slot).copy_(slot.leaves[0]);
  alias();
}

void Model::find_slots() {
  slots_.clear();
  bool all_double = true;
  int64_t total = 0;
  for (const auto& parameter : module_.named_parameters(true)) {
    const at::Tensor& tensor = parameter.value;
    if (!tensor.is_floating_point()) continue;
    auto known = std::find_if(slots_.begin(), slots_.end(), [&](const Slot& slot) { return same_memory(slot.leaves[0], tensor); });
    if (known != slots_.end()) {
      known->aliases.push_back(parameter.name);
      continue;
    }
    Slot slot;
    slot.name = parameter.name;
    slot.leaves.push_back(tensor);
    slot.shape = tensor.sizes().vec();
    slot.offset = total;
    slot.count = tensor.numel();
    total += slot.count;
    all_double &= tensor.scalar_type() == at::kDouble;
    slots_.push_back(std::move(slot));
  }
  if (total == 0)
    fail(LB_UNSUPPORTED, "the module has no floating-point parameters. torch.jit.freeze and optimize_for_inference turn them into constants: save the module before them");
  type_ = all_double ? at::kDouble : at::kFloat;
  // Every tensor anywhere in the module that is one of them under another hold must move with it.
  std::unordered_set<const void*> seen;
  for (const auto& slot : slots_) seen.insert(slot.leaves[0].unsafeGetTensorImpl());
  c10::IValue(module_._ivalue()).visit([&](const c10::IValue& value) {
    if (!value.isTensor()) return false;
    const at::Tensor& tensor = value.toTensor();
    if (!tensor.defined() || !tensor.has_storage() || !seen.insert(tensor.unsafeGetTensorImpl()).second) return false;
    for (auto& slot : slots_)
      if (same_memory(slot.leaves[0], tensor)) slot.leaves.push_back(tensor);
    return false;
  });
}

void Model::refuse_overlaps() const {
  for (size_t i = 0; i < slots_.size(); i++)
    for (size_t j = i + 1; j < slots_.size(); j++) {
      const auto &a = slots_[i].leaves[0], &b = slots_[j].leaves[0];
      if (!a.is_alias_of(b) || a.numel() == 0 || b.numel() == 0) continue;
      auto ra = reach(a), rb = reach(b);
      if (ra.first <= rb.second && rb.first <= ra.second)
        fail(LB_UNSUPPORTED, "the parameters " + slots_[i].name + " and " + slots_[j].name + " share memory in different shapes; they cannot be moved one by one");
    }
}

void Model::find_buffers() {
  buffers_.clear();
  int64_t total = 0;
  std::unordered_set<const void*> seen;
  for (const auto& item : module_.named_buffers(true)) {
    at::Tensor tensor = item.value;
    if (!tensor.defined() || !seen.insert(tensor.unsafeGetTensorImpl()).second) continue;
    bool floating = tensor.is_floating_point();
    // The clone also parts buffers that were loaded as views of one memory.
    tensor.set_data(tensor.detach().to(device_, floating ? type_ : tensor.scalar_type()).clone());
    if (!floating) continue;
    buffers_.push_back({item.name, tensor, total, tensor.numel()});
    total += tensor.numel();
  }
}

void Model::alias() {
  for (auto& slot : slots_)
    for (auto& leaf : slot.leaves) leaf.set_data(view(flat_, slot));
}

at::Tensor Model::forward(const at::Tensor& input, const at::Tensor& targets) {
  std::vector<c10::IValue> arguments;
  if (arity_ > 0) arguments.emplace_back(input);
  if (arity_ > 1) arguments.emplace_back(targets);
  return output_tensor(module_.forward(std::move(arguments)));
}

at::Tensor Model::pack(const double* values) const {
  at::NoGradGuard no_grad;
  return at::from_blob(const_cast<double*>(values), {count()}, at::kDouble).to(flat_.options(), false, true);
}

at::Tensor Model::pack_buffers(const double* values) const {
  at::NoGradGuard no_grad;
  return at::from_blob(const_cast<double*>(values), {buffer_count()}, at::kDouble).to(flat_.options(), false, true);
}

void Model::read(double* parameters, double* buffers) const {
  at::NoGradGuard no_grad;
  if (parameters) at::from_blob(parameters, {count()}, at::kDouble).copy_(flat_);
  if (buffers)
    for (const auto& buffer : buffers_) at::from_blob(buffers + buffer.offset, {buffer.count}, at::kDouble).copy_(buffer.tensor.reshape({buffer.count}));
}

void Model::write_buffers(const at::Tensor& values) {
  for (auto& buffer : buffers_) buffer.tensor.copy_(values.narrow(0, buffer.offset, buffer.count).view(buffer.tensor.sizes()));
}

void Model::scatter_add(const at::Tensor& flat, const std::vector<at::Tensor>& gradients) const {
  at::NoGradGuard no_grad;
  size_t leaf = 0;
  for (const auto& slot : slots_)
    for (size_t k = 0; k < slot.leaves.size(); k++, leaf++)
      if (gradients[leaf].defined()) view(flat, slot).add_(gradients[leaf]);
}

std::vector<at::Tensor> Model::leaves() const {
  std::vector<at::Tensor> all;
  for (const auto& slot : slots_) all.insert(all.end(), slot.leaves.begin(), slot.leaves.end());
  return all;
}

int64_t Model::buffer_count() const { return buffers_.empty() ? 0 : buffers_.back().offset + buffers_.back().count; }

std::string Model::describe() const {
  std::ostringstream text;
  text << "{\"type\":\"" << (type_ == at::kDouble ? "float64" : "float32") << "\",\"device\":" << json_string(device_.str()) << ",\"parameters\":[";
  for (size_t i = 0; i < slots_.size(); i++) {
    text << (i ? "," : "") << "{\"name\":" << json_string(slots_[i].name) << ",\"aliases\":[";
    for (size_t k = 0; k < slots_[i].aliases.size(); k++) text << (k ? "," : "") << json_string(slots_[i].aliases[k]);
    text << "],\"shape\":" << shape_json(slots_[i].shape) << ",\"offset\":" << slots_[i].offset << ",\"count\":" << slots_[i].count << '}';
  }
  text << "],\"buffers\":[";
  for (size_t i = 0; i < buffers_.size(); i++)
    text << (i ? "," : "") << "{\"name\":" << json_string(buffers_[i].name) << ",\"aliases\":[],\"shape\":" << shape_json(buffers_[i].tensor.sizes())
         << ",\"offset\":" << buffers_[i].offset << ",\"count\":" << buffers_[i].count << '}';
  text << "],\"modules\":[";
  bool first = true;
  for (const auto& item : module_.named_modules()) {
    if (item.name.empty()) continue;
    auto type = item.value.type()->name();
    text << (first ? "" : ",") << "{\"name\":" << json_string(item.name) << ",\"type\":" << json_string(type ? type->name() : "") << ",\"children\":" << item.value.children().size() << '}';
    first = false;
  }
  text << "]}";
  return text.str();
}

}  // namespace lossboard
