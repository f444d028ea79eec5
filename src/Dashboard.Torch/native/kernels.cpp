#include "kernels.hpp"
#include <cmath>

// One build serves every processor: the loader picks the widest version that the machine has.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define LB_WIDE __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define LB_WIDE
#endif

namespace lossboard {
namespace {

// Zero for what is negative; a NaN stays one.
template <class T>
inline T positive(T value) { return T(0) > value ? T(0) : value; }

// One loop for each combination, so that none has a branch in it.
template <class T>
inline void row(T* __restrict y, const T* __restrict scale, const T* __restrict shift, const T* __restrict other, int64_t count, bool relu) {
  if (scale && other && relu) for (int64_t i = 0; i < count; i++) y[i] = positive(y[i] * scale[i] + shift[i] + other[i]);
  else if (scale && other) for (int64_t i = 0; i < count; i++) y[i] = y[i] * scale[i] + shift[i] + other[i];
  else if (scale && relu) for (int64_t i = 0; i < count; i++) y[i] = positive(y[i] * scale[i] + shift[i]);
  else if (scale) for (int64_t i = 0; i < count; i++) y[i] = y[i] * scale[i] + shift[i];
  else {
    if (shift) for (int64_t i = 0; i < count; i++) y[i] += shift[i];
    if (other) for (int64_t i = 0; i < count; i++) y[i] += other[i];
    if (relu) for (int64_t i = 0; i < count; i++) y[i] = positive(y[i]);
  }
}

template <class T>
inline void plane(T* __restrict y, T scale, T shift, const T* __restrict other, int64_t count, bool relu) {
  if (other && relu) for (int64_t i = 0; i < count; i++) y[i] = positive(y[i] * scale + shift + other[i]);
  else if (other) for (int64_t i = 0; i < count; i++) y[i] = y[i] * scale + shift + other[i];
  else if (relu) for (int64_t i = 0; i < count; i++) y[i] = positive(y[i] * scale + shift);
  else for (int64_t i = 0; i < count; i++) y[i] = y[i] * scale + shift;
}

template <class T>
inline void rows_of(T* y, const T* scale, const T* shift, const T* other, int64_t rows, int64_t channels, bool relu) {
  for (int64_t r = 0; r < rows; r++) row(y + r * channels, scale, shift, other ? other + r * channels : nullptr, channels, relu);
}

template <class T>
inline void planes_of(T* y, const T* scale, const T* shift, const T* other, int64_t samples, int64_t channels, int64_t pixels, bool relu) {
  for (int64_t p = 0; p < samples * channels; p++) {
    auto c = p % channels;
    plane(y + p * pixels, scale ? scale[c] : T(1), shift ? shift[c] : T(0), other ? other + p * pixels : nullptr, pixels, relu);
  }
}

template <class T>
inline void combine_of(T* __restrict out, const T* __restrict p0, const T* __restrict p1, const T* __restrict p2, T c0, T c1, T c2, int64_t count) {
  if (p1 && p2) for (int64_t i = 0; i < count; i++) out[i] = c0 * p0[i] + c1 * p1[i] + c2 * p2[i];
  else if (p1) for (int64_t i = 0; i < count; i++) out[i] = c0 * p0[i] + c1 * p1[i];
  else if (p2) for (int64_t i = 0; i < count; i++) out[i] = c0 * p0[i] + c2 * p2[i];
  else for (int64_t i = 0; i < count; i++) out[i] = c0 * p0[i];
}

}  // namespace

#define LB_KERNELS(T)                                                                                                                             \
  template <>                                                                                                                                     \
  LB_WIDE void finish_rows<T>(T * y, const T* scale, const T* shift, const T* other, int64_t rows, int64_t channels, bool relu) {                 \
    rows_of(y, scale, shift, other, rows, channels, relu);                                                                                        \
  }                                                                                                                                               \
  template <>                                                                                                                                     \
  LB_WIDE void finish_planes<T>(T * y, const T* scale, const T* shift, const T* other, int64_t samples, int64_t channels, int64_t pixels, bool relu) { \
    planes_of(y, scale, shift, other, samples, channels, pixels, relu);                                                                           \
  }                                                                                                                                               \
  template <>                                                                                                                                     \
  LB_WIDE void combine<T>(T * out, const T* p0, const T* p1, const T* p2, T c0, T c1, T c2, int64_t count) {                                      \
    combine_of(out, p0, p1, p2, c0, c1, c2, count);                                                                                               \
  }

LB_KERNELS(float)
LB_KERNELS(double)

void shift_rows(float* z, const int64_t* targets, float* own, int64_t* best, int64_t rows, int64_t columns) {
  for (int64_t r = 0; r < rows; r++, z += columns) {
    int64_t at = 0;
    for (int64_t c = 1; c < columns; c++)
      if (z[c] > z[at] || (z[c] != z[c] && z[at] == z[at])) at = c;
    auto largest = z[at];
    for (int64_t c = 0; c < columns; c++) z[c] -= largest;
    best[r] = at;
    own[r] = targets[r] < 0 ? 0 : z[targets[r]];
  }
}

double log_sums(const float* z, const int64_t* targets, const float* own, int64_t rows, int64_t columns) {
  double total = 0;
  for (int64_t r = 0; r < rows; r++, z += columns) {
    if (targets[r] < 0) continue;
    double sum = 0;
    for (int64_t c = 0; c < columns; c++) sum += z[c];
    total += std::log(sum) - own[r];
  }
  return total;
}

}  // namespace lossboard
