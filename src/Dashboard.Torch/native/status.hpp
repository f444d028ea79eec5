// How errors leave the bridge: as a status and a text, never as an exception.
#pragma once
#include "bridge.h"
#include "torch.hpp"
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <utility>

namespace lossboard {

struct Failure : std::exception {
  int32_t status;
  std::string text;
  Failure(int32_t code, std::string why) : status(code), text(std::move(why)) {}
  const char* what() const noexcept override { return text.c_str(); }
};

[[noreturn]] inline void fail(int32_t status, std::string why) { throw Failure(status, std::move(why)); }
inline void require(bool holds, const char* why) { if (!holds) fail(LB_BAD_ARGUMENT, why); }

// libtorch before 2.0 has no exception of its own for an exhausted device everywhere, so the text decides.
inline bool is_out_of_memory(const std::string& text) {
  return text.find("out of memory") != std::string::npos || text.find("can't allocate memory") != std::string::npos ||
         text.find("not enough memory") != std::string::npos;
}

inline int32_t report(int32_t status, const char* why, char* error, int64_t size) noexcept {
  if (error && size > 0) {
    auto length = strnlen(why, static_cast<size_t>(size - 1));
    std::memcpy(error, why, length);
    error[length] = 0;
  }
  return status;
}

// One thread of computation a calling thread: several callers share the cores, and libgomp would make a team for each of them.
void prepare_thread();

template <class F>
int32_t guarded(char* error, int64_t size, F&& body) noexcept {
  try {
    prepare_thread();
    body();
    return LB_OK;
  } catch (const Failure& e) {
    return report(e.status, e.text.c_str(), error, size);
  } catch (const c10::Error& e) {
    const char* why = e.what_without_backtrace();
    return report(is_out_of_memory(why) ? LB_OUT_OF_MEMORY : LB_TORCH, why, error, size);
  } catch (const std::bad_alloc&) {
    return report(LB_OUT_OF_MEMORY, "out of memory", error, size);
  } catch (const std::exception& e) {
    return report(is_out_of_memory(e.what()) ? LB_OUT_OF_MEMORY : LB_TORCH, e.what(), error, size);
  } catch (...) {
    return report(LB_TORCH, "an exception of an unknown type", error, size);
  }
}

// The caller's text buffer, or only the size it must have.
void write_text(const std::string& value, char* text, int64_t size, int64_t* needed);
std::string json_string(const std::string& value);

}  // namespace lossboard
