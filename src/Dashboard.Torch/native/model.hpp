// A TorchScript module whose parameters are views into one flat tensor.
#pragma once
#include "status.hpp"
#include <memory>
#include <vector>

namespace lossboard {

// One parameter as the caller sees it. A parameter that the module shares under several names, or also keeps in a list of its own,
// is several tensors over one memory: all of them are its leaves.
struct Slot {
  std::string name;
  std::vector<std::string> aliases;
  std::vector<at::Tensor> leaves;
  std::vector<int64_t> shape;
  int64_t offset = 0, count = 0;
};

// A floating-point buffer (BatchNorm's statistics); integer buffers stay what they are.
struct Buffer {
  std::string name;
  at::Tensor tensor;
  int64_t offset = 0, count = 0;
};

class Model {
 public:
  static std::unique_ptr<Model> load(const char* path, const char* device);
  std::unique_ptr<Model> clone() const;

  // The output for a micro-batch; `targets` is passed on only where forward takes two tensors.
  at::Tensor forward(const at::Tensor& input, const at::Tensor& targets);

  at::Tensor pack(const double* values) const;
  at::Tensor pack_buffers(const double* values) const;
  void read(double* parameters, double* buffers) const;
  void write_buffers(const at::Tensor& values);
  // Adds gradients, one a leaf in order of leaves(), to a flat tensor.
  void scatter_add(const at::Tensor& flat, const std::vector<at::Tensor>& gradients) const;
  at::Tensor view(const at::Tensor& flat, const Slot& slot) const { return flat.narrow(0, slot.offset, slot.count).view(slot.shape); }

  const torch::jit::Module& module() const { return module_; }
  const at::Tensor& flat() const { return flat_; }
  const std::vector<Slot>& slots() const { return slots_; }
  const std::vector<Buffer>& buffers() const { return buffers_; }
  std::vector<at::Tensor> leaves() const;
  int64_t count() const { return flat_.numel(); }
  int64_t buffer_count() const;
  int arity() const { return arity_; }
  at::Device device() const { return device_; }
  at::ScalarType type() const { return type_; }
  // The same for a model and its clones.
  int64_t family() const { return family_; }
  std::string describe() const;

 private:
  void bind();
  void find_slots();
  void find_buffers();
  void refuse_overlaps() const;
  void alias();

  torch::jit::Module module_;
  at::Device device_{at::kCPU};
  at::ScalarType type_ = at::kFloat;
  std::vector<Slot> slots_;
  std::vector<Buffer> buffers_;
  at::Tensor flat_;
  int arity_ = 1;
  int64_t family_ = 0;
};

}  // namespace lossboard

struct lb_model { std::unique_ptr<lossboard::Model> model; };
