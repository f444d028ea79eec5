#include "objective.hpp"
#include <malloc.h>

namespace lossboard {
namespace {

// Parameters ask for gradients only while one is computed: an evaluation would otherwise keep graphs.
class Differentiating {
 public:
  explicit Differentiating(const Model& model) : leaves_(model.leaves()) {
    for (auto& leaf : leaves_) {
      before_.push_back(leaf.requires_grad());
      leaf.requires_grad_(true);
    }
  }
  ~Differentiating() {
    for (size_t i = 0; i < leaves_.size(); i++) leaves_[i].requires_grad_(before_[i]);
  }
  Differentiating(const Differentiating&) = delete;
  Differentiating& operator=(const Differentiating&) = delete;

 private:
  std::vector<at::Tensor> leaves_;
  std::vector<bool> before_;
};

// Gradient of a micro-batch's loss sum, one tensor a leaf; undefined where the loss does not depend on it.
std::vector<at::Tensor> differentiate(const at::Tensor& value, const std::vector<at::Tensor>& leaves, bool keep, bool twice) {
  if (!value.requires_grad()) return std::vector<at::Tensor>(leaves.size());
  return torch::autograd::grad({value}, leaves, {}, keep, twice, true);
}

// Bytes in use in the heap. Activations are below the mapping threshold that initialise() sets, so they are all in it.
int64_t heap_bytes() {
  auto info = mallinfo2();
  return static_cast<int64_t>(info.uordblks + info.hblkhd);
}

}  // namespace

// A kept gradient of each micro-batch, as far as memory allows, ready to be differentiated again and again.
class Hessian {
 public:
  Hessian(Model& model, Batch& batch, const lb_objective& objective, int64_t keep_bytes, const Control& control)
      : model_(model), objective_(objective), prepared_(batch.prepare(model, objective)), differentiating_(model), leaves_(model.leaves()) {
    at::AutoGradMode on(true);
    auto before = heap_bytes();
    for (const auto& part : prepared_->parts) {
      control.poll();
      if (keep_bytes <= 0) break;
      kept_.push_back(gradient(part));
      auto used = heap_bytes() - before;
      auto each = used / static_cast<int64_t>(kept_.size());
      if (used + each > keep_bytes) break;
    }
  }

  void multiply(const double* vector, double* product, const Control& control) {
    at::AutoGradMode on(true);
    auto packed = model_.pack(vector);
    auto sum = at::zeros_like(model_.flat());
    for (size_t i = 0; i < prepared_->parts.size(); i++) {
      control.poll();
      bool keep = i < kept_.size();
      auto gradients = keep ? kept_[i] : gradient(prepared_->parts[i]);
      auto slope = project(gradients, packed);
      if (slope.defined()) model_.scatter_add(sum, differentiate(slope, leaves_, keep, false));
    }
    at::NoGradGuard no_grad;
    sum.div_(prepared_->denominator);
    if (objective_.l2 != 0) sum.add_(packed, 2 * objective_.l2);
    at::from_blob(product, {model_.count()}, at::kDouble).copy_(sum);
  }

  int64_t count() const { return model_.count(); }

 private:
  std::vector<at::Tensor> gradient(const Part& part) {
    auto loss = loss_sum(objective_.loss, *prepared_, part, run_part(model_, *prepared_, part));
    return differentiate(loss, leaves_, true, true);
  }

  // gᵀv, a number that can be differentiated.
  at::Tensor project(const std::vector<at::Tensor>& gradients, const at::Tensor& packed) const {
    at::Tensor slope;
    size_t leaf = 0;
    for (const auto& slot : model_.slots())
      for (size_t k = 0; k < slot.leaves.size(); k++, leaf++) {
        if (!gradients[leaf].defined() || !gradients[leaf].requires_grad()) continue;
        auto term = (gradients[leaf] * model_.view(packed, slot)).sum();
        slope = slope.defined() ? slope + term : term;
      }
    return slope;
  }

  Model& model_;
  lb_objective objective_;
  std::shared_ptr<const Prepared> prepared_;
  Differentiating differentiating_;
  std::vector<at::Tensor> leaves_;
  std::vector<std::vector<at::Tensor>> kept_;
};

namespace {

void compute_gradient(Model& model, Batch& batch, const lb_objective& objective, double* loss, double* gradient, const Control& control) {
  auto prepared = batch.prepare(model, objective);
  at::AutoGradMode on(true);
  Differentiating differentiating(model);
  auto leaves = model.leaves();
  auto sum = at::zeros_like(model.flat());
  double total = 0;
  for (const auto& part : prepared->parts) {
    control.poll();
    auto value = loss_sum(objective.loss, *prepared, part, run_part(model, *prepared, part));
    model.scatter_add(sum, differentiate(value, leaves, false, false));
    total += value.item<double>();
  }
  at::NoGradGuard no_grad;
  sum.div_(prepared->denominator);
  total /= prepared->denominator;
  if (objective.l1 != 0) {
    sum.add_(model.flat().sign(), objective.l1);
    total += objective.l1 * model.flat().abs().sum(at::kDouble).item<double>();
  }
  if (objective.l2 != 0) {
    sum.add_(model.flat(), 2 * objective.l2);
    total += objective.l2 * model.flat().square().sum(at::kDouble).item<double>();
  }
  at::from_blob(gradient, {model.count()}, at::kDouble).copy_(sum);
  if (loss) *loss = total;
}

}  // namespace
}  // namespace lossboard

struct lb_hessian { std::unique_ptr<lossboard::Hessian> hessian; };

extern "C" {

int32_t lb_gradient(lb_model* model, lb_batch* batch, const lb_objective* objective, double* loss, double* gradient, int64_t parameter_count, const lb_control* control, char* error,
                    int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    torch::jit::GraphOptimizerEnabledGuard plain(false);
    lossboard::require(model && batch && objective && gradient, "a null argument");
    lossboard::require(parameter_count == model->model->count(), "the vector is not as long as the module's parameters");
    lossboard::compute_gradient(*model->model, *batch->batch, *objective, loss, gradient, lossboard::Control(control));
  });
}

int32_t lb_hessian_open(lb_model* model, lb_batch* batch, const lb_objective* objective, int64_t keep_bytes, lb_hessian** hessian, const lb_control* control, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    torch::jit::GraphOptimizerEnabledGuard plain(false);
    lossboard::require(model && batch && objective && hessian, "a null argument");
    auto made = std::make_unique<lossboard::Hessian>(*model->model, *batch->batch, *objective, keep_bytes, lossboard::Control(control));
    *hessian = new lb_hessian{std::move(made)};
  });
}

int32_t lb_hessian_multiply(lb_hessian* hessian, const double* vector, double* product, int64_t parameter_count, const lb_control* control, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    torch::jit::GraphOptimizerEnabledGuard plain(false);
    lossboard::require(hessian && vector && product, "a null argument");
    lossboard::require(parameter_count == hessian->hessian->count(), "the vector is not as long as the module's parameters");
    hessian->hessian->multiply(vector, product, lossboard::Control(control));
  });
}

void lb_hessian_free(lb_hessian* hessian) {
  try {
    delete hessian;
  } catch (...) {
    // Nothing can be told from here, and nothing is left to free.
  }
  malloc_trim(0);
}

}  // extern "C"
