// What a submodule gives out for the samples of a batch, a row a sample.
#include "batch.hpp"
#include "control.hpp"
#include "graph.hpp"
#include <sstream>

namespace lossboard {

class Activations {
 public:
  Activations(Model& model, const Batch& batch, const std::string& name, int64_t batch_size)
      : model_(model), name_(name), size_(std::min(batch_size, batch.inputs().size(0))) {
    require(batch_size > 0, "batch_size must be above zero");
    batch.require_device(model);
    if (model.arity() == 0) fail(LB_UNSUPPORTED, "forward takes no inputs, so that samples have nothing of their own to give out");
    if (model.arity() > 1 && !batch.targets().defined()) fail(LB_BAD_ARGUMENT, "forward takes the inputs and the targets, and the batch has no targets");
    inputs_ = fitting(batch.inputs());
    if (model.arity() > 1) targets_ = fitting(batch.targets());
    if (!name.empty()) program_ = std::make_unique<Program>(graph_up_to(model.module(), model.arity(), name));
    columns_ = run(0, size_).size(1);
    if (columns_ == 0) fail(LB_UNSUPPORTED, what() + " gives out nothing for a sample");
  }

  int64_t columns() const { return columns_; }
  const std::vector<int64_t>& shape() const { return shape_; }

  void read(int64_t first, int64_t count, float* rows, const Control& control) {
    require(first >= 0 && count >= 0 && count <= inputs_.size(0) - first, "there are not as many samples");
    for (int64_t done = 0; done < count; done += size_) {
      control.poll();
      auto part = std::min(size_, count - done);
      auto output = run(first + done, part);
      if (output.size(1) != columns_) fail(LB_UNSUPPORTED, what() + " gives out " + std::to_string(columns_) + " numbers for some samples and " + std::to_string(output.size(1)) + " for others");
      std::memcpy(rows + done * columns_, output.data_ptr<float>(), static_cast<size_t>(part * columns_) * sizeof(float));
    }
  }

 private:
  at::Tensor fitting(const at::Tensor& tensor) const { return tensor.is_floating_point() ? tensor.to(model_.type()) : tensor; }
  std::string what() const { return name_.empty() ? "the model" : "the module '" + name_ + "'"; }

  // count × columns numbers on the processor.
  at::Tensor run(int64_t first, int64_t count) {
    // A copy, because a module may write into what it is given.
    auto input = inputs_.narrow(0, first, count).clone();
    auto targets = targets_.defined() ? targets_.narrow(0, first, count).clone() : targets_;
    at::Tensor output;
    try {
      output = program_ ? program_->run(arguments(input, targets)) : model_.forward(input, targets);
    } catch (const std::exception& e) {
      forward_failed(input, e);
    }
    if (output.dim() < 1 || output.size(0) != count || output.is_complex()) {
      std::ostringstream text;
      text << what() << " gives out a tensor of shape " << output.sizes() << " (" << c10::toString(output.scalar_type()) << ") for " << count
           << " samples; real numbers are needed, with the samples along the first dimension";
      fail(LB_UNSUPPORTED, text.str());
    }
    if (shape_.empty()) shape_ = output.sizes().slice(1).vec();
    return output.to(at::kCPU, at::kFloat).reshape({count, -1}).contiguous();
  }

  std::vector<c10::IValue> arguments(const at::Tensor& input, const at::Tensor& targets) const {
    std::vector<c10::IValue> all{model_.module()._ivalue(), input};
    if (model_.arity() > 1) all.emplace_back(targets);
    return all;
  }

  Model& model_;
  std::string name_;
  int64_t size_, columns_ = 0;
  std::vector<int64_t> shape_;
  at::Tensor inputs_, targets_;
  std::unique_ptr<Program> program_;
};

}  // namespace lossboard

struct lb_activations { std::unique_ptr<lossboard::Activations> activations; };

extern "C" {

int32_t lb_activations_open(lb_model* model, lb_batch* batch, const char* module, int64_t batch_size, lb_activations** activations, int64_t* columns, const lb_control* control, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(model && batch && activations && columns, "a null argument");
    lossboard::Control(control).poll();
    at::NoGradGuard no_grad;
    auto made = std::make_unique<lossboard::Activations>(*model->model, *batch->batch, module ? module : "", batch_size);
    *columns = made->columns();
    *activations = new lb_activations{std::move(made)};
  });
}

int32_t lb_activations_read(lb_activations* activations, int64_t first, int64_t count, float* rows, const lb_control* control, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(activations && rows, "a null argument");
    at::NoGradGuard no_grad;
    activations->activations->read(first, count, rows, lossboard::Control(control));
  });
}

int32_t lb_activations_shape(const lb_activations* activations, int64_t* shape, int64_t capacity, int64_t* rank, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(activations && rank, "a null argument");
    const auto& sizes = activations->activations->shape();
    *rank = static_cast<int64_t>(sizes.size());
    if (shape && capacity >= *rank) std::copy(sizes.begin(), sizes.end(), shape);
  });
}

void lb_activations_free(lb_activations* activations) {
  try {
    delete activations;
  } catch (...) {
  }
}

}  // extern "C"
