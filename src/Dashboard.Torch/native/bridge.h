/* C ABI over libtorch. Calls are coarse: a tile of a grid, a gradient, a Hessian-vector product.
 *
 * Every function that can fail returns a status and, where it is not LB_OK, writes why (UTF-8, cut to fit, zero-terminated) into the
 * caller's `error` of `error_size` bytes. No C++ exception leaves. A handle is used by one thread at a time; batches and planes are
 * read only and may be shared by several. Each call computes on the thread that made it, and on no other.
 * Weights cross as float64 in one flat vector, in the order of named_parameters, whatever the module's own type. */
#pragma once
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

#define LB_ABI_VERSION 4
#define LB_API __attribute__((visibility("default")))

enum { LB_OK = 0, LB_BAD_ARGUMENT = 1, LB_UNSUPPORTED = 2, LB_TORCH = 3, LB_CANCELLED = 4, LB_OUT_OF_MEMORY = 5 };
enum { LB_CROSS_ENTROPY, LB_BCE_WITH_LOGITS, LB_MSE, LB_L1, LB_SMOOTH_L1, LB_HINGE, LB_NLL, LB_OUTPUT };
enum { LB_FLOAT32, LB_FLOAT64, LB_FLOAT16, LB_BFLOAT16, LB_INT64, LB_INT32, LB_INT16, LB_INT8, LB_UINT8, LB_BOOL };

typedef struct lb_model lb_model;
typedef struct lb_batch lb_batch;
typedef struct lb_plane lb_plane;
typedef struct lb_hessian lb_hessian;
typedef struct lb_activations lb_activations;

/* A contiguous tensor in the caller's memory. */
typedef struct { const void* data; const int64_t* shape; int32_t rank; int32_t type; } lb_tensor;

/* LB_BATCH_STATISTICS: BatchNorm takes mean and variance from all samples of the batch, which then go through the module at once.
 * The other two are for comparisons: LB_UNFACTORED computes the first layer anew at each point, LB_AS_WRITTEN runs the module's own forward. */
enum { LB_BATCH_STATISTICS = 1, LB_UNFACTORED = 2, LB_AS_WRITTEN = 4 };
/* mean loss + l1·Σ|θ| + l2·Σθ². batch_size: samples that go through the module at once, at the most. */
typedef struct { double l1; double l2; int64_t batch_size; int32_t loss; int32_t flags; } lb_objective;

/* cancel: polled between micro-batches, non-zero stops with LB_CANCELLED. progress: called on the calling thread after each point. */
typedef struct { const volatile int32_t* cancel; void (*progress)(void* context, int64_t done); void* context; } lb_control;

LB_API int32_t lb_abi_version(void);
/* Once, before anything else. */
LB_API int32_t lb_initialise(char* error, int64_t error_size);
/* JSON. `needed` gets the size with its zero; where `size` is smaller nothing is written. */
LB_API int32_t lb_describe_runtime(char* text, int64_t size, int64_t* needed, char* error, int64_t error_size);

LB_API int32_t lb_model_load(const char* path, const char* device, lb_model** model, char* error, int64_t error_size);
LB_API int32_t lb_model_clone(const lb_model* model, lb_model** clone, char* error, int64_t error_size);
LB_API void lb_model_free(lb_model* model);
LB_API int32_t lb_model_describe(const lb_model* model, char* text, int64_t size, int64_t* needed, char* error, int64_t error_size);
LB_API int32_t lb_model_read(const lb_model* model, double* parameters, int64_t parameter_count, double* buffers, int64_t buffer_count, char* error, int64_t error_size);
/* A null vector leaves that part as it is. */
LB_API int32_t lb_model_write(lb_model* model, const double* parameters, int64_t parameter_count, const double* buffers, int64_t buffer_count, char* error, int64_t error_size);

/* targets and weights may be null. */
LB_API int32_t lb_batch_create(const lb_tensor* inputs, const lb_tensor* targets, const lb_tensor* weights, const char* device, lb_batch** batch, char* error, int64_t error_size);
LB_API void lb_batch_free(lb_batch* batch);

/* Runs one micro-batch and checks that module, batch and loss fit together. has_accuracy: the targets are classes. */
LB_API int32_t lb_check(lb_model* model, lb_batch* batch, const lb_objective* objective, int32_t* has_accuracy, char* error, int64_t error_size);
/* The loss where the model stands. accuracy: NaN where the targets are no classes. */
LB_API int32_t lb_evaluate(lb_model* model, lb_batch* batch, const lb_objective* objective, double* loss, double* accuracy, const lb_control* control, char* error, int64_t error_size);

/* Points θ(a,b) = origin + a·x + b·y; with `interpolate` (1−a)·origin + a·x + b·y, and the buffers likewise between buffers_origin and
 * buffers_x. y and both buffers may be null (buffers then stay the model's). */
LB_API int32_t lb_plane_create(const lb_model* model, const double* origin, const double* x, const double* y, int64_t parameter_count, const double* buffers_origin, const double* buffers_x, int64_t buffer_count, int32_t interpolate, lb_plane** plane, char* error, int64_t error_size);
LB_API void lb_plane_free(lb_plane* plane);
/* Whether the points computed last had their first layer from products that the whole plane shares. */
LB_API int32_t lb_plane_factored(const lb_plane* plane);
/* coordinates: count pairs a, b. Leaves the model as it was. accuracy may be null. */
LB_API int32_t lb_tile(lb_model* model, lb_batch* batch, const lb_plane* plane, const lb_objective* objective, const double* coordinates, int64_t count, double* loss, double* accuracy, const lb_control* control, char* error, int64_t error_size);

LB_API int32_t lb_gradient(lb_model* model, lb_batch* batch, const lb_objective* objective, double* loss, double* gradient, int64_t parameter_count, const lb_control* control, char* error, int64_t error_size);
/* Many products at one point: graphs of the gradient are built once and kept, as many as keep_bytes allow; the others are built anew in
 * each product. The model must not be written to while the plan is open. */
LB_API int32_t lb_hessian_open(lb_model* model, lb_batch* batch, const lb_objective* objective, int64_t keep_bytes, lb_hessian** hessian, const lb_control* control, char* error, int64_t error_size);
LB_API int32_t lb_hessian_multiply(lb_hessian* hessian, const double* vector, double* product, int64_t parameter_count, const lb_control* control, char* error, int64_t error_size);
LB_API void lb_hessian_free(lb_hessian* hessian);

/* What a submodule gives out, at the last of its calls, or the module's own output where `module` is null or empty; `columns` gets how many numbers a sample
 * has. Runs one micro-batch. The model must outlive the handle. */
LB_API int32_t lb_activations_open(lb_model* model, lb_batch* batch, const char* module, int64_t batch_size, lb_activations** activations, int64_t* columns, const lb_control* control, char* error, int64_t error_size);
/* count × columns numbers of the samples from `first` on, which go through the module batch_size at a time. */
LB_API int32_t lb_activations_read(lb_activations* activations, int64_t first, int64_t count, float* rows, const lb_control* control, char* error, int64_t error_size);
/* Sizes of what it gives out for a sample; `rank` gets how many there are, and where `capacity` is smaller nothing is written. */
LB_API int32_t lb_activations_shape(const lb_activations* activations, int64_t* shape, int64_t capacity, int64_t* rank, char* error, int64_t error_size);
LB_API void lb_activations_free(lb_activations* activations);

/* |d output / d input| for every sample, maps as large as the inputs. targets: an output for each sample, -1 for its largest one, which is then written there;
 * predicted: the largest; scores: value of the output that was differentiated; outputs: how many the model has. */
LB_API int32_t lb_saliency(lb_model* model, lb_batch* batch, int64_t batch_size, int64_t* targets, int64_t* predicted, double* scores, int64_t* outputs, float* maps, int64_t map_count, const lb_control* control, char* error, int64_t error_size);

#ifdef __cplusplus
}
#endif
