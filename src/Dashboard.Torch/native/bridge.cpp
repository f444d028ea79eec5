#include "batch.hpp"
#include <malloc.h>

namespace {

// A destructor of a user's module cannot be trusted not to throw. What is freed goes back to the system at once:
// initialise() made the heap keep it otherwise.
template <class T>
void release(T* handle) noexcept {
  try {
    delete handle;
  } catch (...) {
  }
  malloc_trim(0);
}

}  // namespace

extern "C" {

int32_t lb_model_load(const char* path, const char* device, lb_model** model, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(model, "a null argument");
    torch::jit::GraphOptimizerEnabledGuard plain(false);
    auto made = lossboard::Model::load(path, device);
    *model = new lb_model{std::move(made)};
  });
}

int32_t lb_model_clone(const lb_model* model, lb_model** clone, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(model && clone, "a null argument");
    auto made = model->model->clone();
    *clone = new lb_model{std::move(made)};
  });
}

void lb_model_free(lb_model* model) { release(model); }

int32_t lb_model_describe(const lb_model* model, char* text, int64_t size, int64_t* needed, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(model, "a null argument");
    lossboard::write_text(model->model->describe(), text, size, needed);
  });
}

int32_t lb_model_read(const lb_model* model, double* parameters, int64_t parameter_count, double* buffers, int64_t buffer_count, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(model && (!parameters || parameter_count == model->model->count()), "the vector is not as long as the module's parameters");
    lossboard::require(!buffers || buffer_count == model->model->buffer_count(), "the vector is not as long as the module's buffers");
    model->model->read(parameters, buffers);
  });
}

int32_t lb_model_write(lb_model* model, const double* parameters, int64_t parameter_count, const double* buffers, int64_t buffer_count, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(model && (!parameters || parameter_count == model->model->count()), "the vector is not as long as the module's parameters");
    lossboard::require(!buffers || buffer_count == model->model->buffer_count(), "the vector is not as long as the module's buffers");
    at::NoGradGuard no_grad;
    if (parameters) at::Tensor(model->model->flat()).copy_(model->model->pack(parameters));
    if (buffers && buffer_count > 0) model->model->write_buffers(model->model->pack_buffers(buffers));
  });
}

void lb_batch_free(lb_batch* batch) { release(batch); }

}  // extern "C"
