// Loops over activations that libtorch would need several passes for. All on one thread, on contiguous memory.
#pragma once
#include <cstdint>

namespace lossboard {

// y ← relu?(y·scale + shift + other), rows of `channels` numbers; scale, shift and other may be null.
template <class T>
void finish_rows(T* y, const T* scale, const T* shift, const T* other, int64_t rows, int64_t channels, bool relu);
// The same with one scale and shift for each run of `pixels` numbers, `channels` of them after another.
template <class T>
void finish_planes(T* y, const T* scale, const T* shift, const T* other, int64_t samples, int64_t channels, int64_t pixels, bool relu);

// out ← c0·p0 + c1·p1 + c2·p2; p1 and p2 may be null.
template <class T>
void combine(T* out, const T* p0, const T* p1, const T* p2, T c0, T c1, T c2, int64_t count);

// z ← z − max of its row; `best` gets that maximum's column (the first of equals; the NaN where there is one) and `own` what z[target] became.
// Targets below zero are passed over.
void shift_rows(float* z, const int64_t* targets, float* own, int64_t* best, int64_t rows, int64_t columns);
// Σ over rows with a target of log Σ z − own.
double log_sums(const float* z, const int64_t* targets, const float* own, int64_t rows, int64_t columns);

}  // namespace lossboard
