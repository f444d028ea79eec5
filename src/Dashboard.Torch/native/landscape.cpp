#include "objective.hpp"
#include <chrono>
#include <optional>
#include <malloc.h>
#include <mutex>

struct lb_plane {
  at::Tensor origin, x, y, buffers_origin, buffers_x;
  bool interpolate = false;

  // The first layer's products with a batch: made by the first that needs them, shared by all.
  std::mutex mutex;
  std::shared_ptr<const lossboard::Prepared> products_of;
  std::shared_ptr<const lossboard::Products> products;
};

namespace lossboard {
namespace {

using Clock = std::chrono::steady_clock;

// Results waiting on a GPU: reading each one would stop its queue, reading none would let a cancelled job run on.
constexpr size_t most_waiting = 32;
constexpr auto longest_wait = std::chrono::milliseconds(100);

void move_to(Model& model, const lb_plane& plane, double a, double b) {
  auto flat = model.flat();
  if (plane.interpolate) {
    // (1−a)·origin + a·x rather than origin + a·(x−origin): exact at both ends.
    at::mul_out(flat, plane.origin, at::scalar_tensor(1 - a, flat.options().device(at::kCPU)));
    flat.add_(plane.x, a);
  } else {
    at::add_out(flat, plane.origin, plane.x, a);
  }
  if (plane.y.defined()) flat.add_(plane.y, b);
  if (plane.buffers_x.defined()) model.write_buffers(plane.buffers_origin * (1 - a) + plane.buffers_x * a);
}

// Memory for products: beyond it the first layer is computed anew at each point.
constexpr int64_t most_product_bytes = 512 << 20;

std::shared_ptr<const Products> make_products(Model& model, const Prepared& prepared, const lb_plane& plane, const Control& control) {
  const auto& slot = model.slots()[prepared.lowered->first_layer()->weight];
  std::vector<Products::Part> parts;
  int64_t bytes = 0;
  for (const auto& part : prepared.parts) {
    control.poll();
    auto product = [&](const at::Tensor& vector) {
      if (!vector.defined()) return at::Tensor();
      auto out = prepared.lowered->product(model, part.input, part.target, model.view(vector, slot));
      bytes += static_cast<int64_t>(out.nbytes());
      return out;
    };
    Products::Part made{product(plane.origin), product(plane.x), product(plane.y)};
    // An infinite product is none: infinities of opposite signs may meet in the sum that the layer itself never sees.
    for (const auto& tensor : {made.origin, made.x, made.y})
      if (tensor.defined() && !tensor.isfinite().all().item<bool>()) return nullptr;
    parts.push_back(std::move(made));
    // The first part is as large as any, and tells whether all of them will fit.
    if (parts.size() == 1 && bytes * static_cast<int64_t>(prepared.parts.size()) > most_product_bytes) return nullptr;
  }
  return std::make_shared<Products>(std::move(parts));
}

std::shared_ptr<const Products> products_for(Model& model, const std::shared_ptr<const Prepared>& prepared, lb_plane& plane, const Control& control) {
  std::lock_guard<std::mutex> lock(plane.mutex);
  if (plane.products_of == prepared) return plane.products;
  plane.products = nullptr;
  if (prepared->lowered && prepared->lowered->first_layer()) plane.products = make_products(model, *prepared, plane, control);
  plane.products_of = prepared;
  return plane.products;
}

// Puts the model back where it stood, whatever happens.
class Excursion {
 public:
  explicit Excursion(Model& model) : model_(model), weights_(model.flat().clone()) {
    for (const auto& buffer : model.buffers()) buffers_.push_back(buffer.tensor.clone());
  }
  ~Excursion() {
    try {
      at::NoGradGuard no_grad;
      model_.flat().copy_(weights_);
      for (size_t i = 0; i < buffers_.size(); i++) at::Tensor(model_.buffers()[i].tensor).copy_(buffers_[i]);
    } catch (...) {
      // Only a device that is gone can fail here, and the next call will say so.
    }
  }
  Excursion(const Excursion&) = delete;
  Excursion& operator=(const Excursion&) = delete;

 private:
  Model& model_;
  at::Tensor weights_;
  std::vector<at::Tensor> buffers_;
};

void compute_tile(Model& model, Batch& batch, lb_plane& plane, const lb_objective& objective, const double* coordinates, int64_t count, double* loss, double* accuracy,
                  const Control& control) {
  torch::jit::GraphOptimizerEnabledGuard plain(false);
  auto prepared = batch.prepare(model, objective);
  at::NoGradGuard no_grad;
  Excursion excursion(model);
  c10::InferenceMode inference;
  auto products = products_for(model, prepared, plane, control);
  std::vector<std::pair<int64_t, at::Tensor>> waiting;
  int64_t done = 0;
  auto last_read = Clock::now();
  auto read = [&] {
    for (auto& item : waiting) {
      auto values = item.second.cpu();
      loss[item.first] = values.data_ptr<double>()[0];
      if (accuracy) accuracy[item.first] = values.data_ptr<double>()[1];
      control.progress(++done);
    }
    waiting.clear();
    last_read = Clock::now();
  };
  for (int64_t i = 0; i < count; i++) {
    control.poll();
    auto a = coordinates[2 * i], b = coordinates[2 * i + 1];
    move_to(model, plane, a, b);
    std::optional<Factored> factored;
    if (products) factored.emplace(Factored{*products, {plane.interpolate ? 1 - a : 1, a, b}});
    waiting.emplace_back(i, evaluate(model, *prepared, objective, accuracy != nullptr, control, factored ? &*factored : nullptr));
    if (model.device().is_cpu() || waiting.size() >= most_waiting || Clock::now() - last_read > longest_wait) read();
  }
  read();
}

}  // namespace
}  // namespace lossboard

extern "C" {

int32_t lb_check(lb_model* model, lb_batch* batch, const lb_objective* objective, int32_t* has_accuracy, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    torch::jit::GraphOptimizerEnabledGuard plain(false);
    lossboard::require(model && batch && objective && has_accuracy, "a null argument");
    *has_accuracy = batch->batch->prepare(*model->model, *objective)->judged > 0;
  });
}

int32_t lb_evaluate(lb_model* model, lb_batch* batch, const lb_objective* objective, double* loss, double* accuracy, const lb_control* control, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    torch::jit::GraphOptimizerEnabledGuard plain(false);
    lossboard::require(model && batch && objective && loss, "a null argument");
    auto prepared = batch->batch->prepare(*model->model, *objective);
    c10::InferenceMode inference;
    auto values = lossboard::evaluate(*model->model, *prepared, *objective, accuracy != nullptr, lossboard::Control(control)).cpu();
    *loss = values.data_ptr<double>()[0];
    if (accuracy) *accuracy = values.data_ptr<double>()[1];
  });
}

int32_t lb_plane_create(const lb_model* model, const double* origin, const double* x, const double* y, int64_t parameter_count, const double* buffers_origin, const double* buffers_x,
                        int64_t buffer_count, int32_t interpolate, lb_plane** plane, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(model && origin && x && plane, "a null argument");
    const auto& own = *model->model;
    lossboard::require(parameter_count == own.count(), "the vectors are not as long as the module's parameters");
    lossboard::require(!buffers_x || (buffers_origin && buffer_count == own.buffer_count()), "the buffers are not as many as the module's");
    at::NoGradGuard no_grad;
    auto made = std::make_unique<lb_plane>();
    made->origin = own.pack(origin);
    made->x = own.pack(x);
    if (y) made->y = own.pack(y);
    if (buffers_x && buffer_count > 0) {
      made->buffers_origin = own.pack_buffers(buffers_origin);
      made->buffers_x = own.pack_buffers(buffers_x);
    }
    made->interpolate = interpolate != 0;
    *plane = made.release();
  });
}

int32_t lb_plane_factored(const lb_plane* plane) {
  auto shared = const_cast<lb_plane*>(plane);
  std::lock_guard<std::mutex> lock(shared->mutex);
  return shared->products != nullptr;
}

void lb_plane_free(lb_plane* plane) {
  delete plane;
  malloc_trim(0);
}

int32_t lb_tile(lb_model* model, lb_batch* batch, const lb_plane* plane, const lb_objective* objective, const double* coordinates, int64_t count, double* loss, double* accuracy,
                const lb_control* control, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(model && batch && plane && objective && coordinates && loss && count > 0, "a null argument, or no points");
    lossboard::require(plane->x.numel() == model->model->count(), "the plane belongs to another module");
    lossboard::compute_tile(*model->model, *batch->batch, *const_cast<lb_plane*>(plane), *objective, coordinates, count, loss, accuracy, lossboard::Control(control));
  });
}

}  // extern "C"
