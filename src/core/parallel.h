// A small pool of threads for work that is cut into a fixed number of tasks. Tasks must not depend on which thread runs
// them; then the results are the same bits for any number of threads.
#pragma once

#include <functional>
#include <memory>

#include "core/types.h"

namespace loom {

class ThreadPool {
 public:
  // `threads` >= 1 counts the calling thread. Throws Error for less, and for more than the system gives. Built
  // without threads (WebAssembly), every pool runs its tasks on the caller.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const;

  // Runs task(0) .. task(tasks - 1), each once, and returns when all are done. Rethrows the first exception of a
  // task. Not reentrant: a task must not call run.
  void run(Index tasks, const std::function<void(Index)>& task);

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

// Number of hardware threads this process may use, at least 1.
int available_threads();

}  // namespace loom
