#include "core/parallel.h"

#include <atomic>
#include <exception>

#include "core/error.h"

#if LOOM_THREADS
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>
#endif

namespace loom {

#if LOOM_THREADS

struct ThreadPool::Shared {
  std::mutex mutex;
  std::condition_variable wake, done;
  std::vector<std::thread> workers;
  const std::function<void(Index)>* task = nullptr;
  Index tasks = 0;
  std::atomic<Index> next{0};
  std::atomic<std::uint64_t> generation{0};
  std::atomic<int> busy{0};
  std::exception_ptr error;
  bool stop = false;

  // A training step lasts milliseconds; waking a sleeping thread takes tens of microseconds. So spin for about that
  // long before sleeping, but not forever, because spinning threads take time from other processes.
  static constexpr int kSpins = 4000;

  // Tells the processor that this thread spins, which saves power and leaves the core to its other hardware thread.
  static void relax() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#else
    std::atomic_signal_fence(std::memory_order_seq_cst);
#endif
  }

  void work() {
    for (Index i = next.fetch_add(1); i < tasks; i = next.fetch_add(1)) {
      try {
        (*task)(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!error) error = std::current_exception();
      }
    }
  }

  void worker() {
    std::uint64_t seen = 0;
    for (;;) {
      for (int spin = 0; spin < kSpins && generation.load(std::memory_order_acquire) == seen; ++spin) relax();
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return stop || generation.load(std::memory_order_relaxed) != seen; });
        if (stop) return;
        seen = generation.load(std::memory_order_relaxed);
      }
      work();
      if (busy.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        const std::lock_guard lock(mutex);
        done.notify_one();
      }
    }
  }

  void finish() {
    {
      const std::lock_guard lock(mutex);
      stop = true;
      generation.fetch_add(1, std::memory_order_release);
    }
    wake.notify_all();
    for (std::thread& thread : workers) thread.join();
  }
};

ThreadPool::ThreadPool(int threads) : shared_(std::make_unique<Shared>()) {
  if (threads < 1) fail("thread pool: ", threads, " threads requested, at least 1 is needed");
  try {
    for (int i = 1; i < threads; ++i) shared_->workers.emplace_back([shared = shared_.get()] { shared->worker(); });
  } catch (const std::system_error&) {  // destroying a running std::thread would terminate the program
    const std::size_t started = shared_->workers.size() + 1;
    shared_->finish();
    fail("thread pool: the system gives ", started, " of ", threads, " threads; ask for fewer");
  }
}

ThreadPool::~ThreadPool() { shared_->finish(); }

int ThreadPool::threads() const { return static_cast<int>(shared_->workers.size()) + 1; }

void ThreadPool::run(Index tasks, const std::function<void(Index)>& task) {
  Shared& s = *shared_;
  {
    const std::lock_guard lock(s.mutex);
    s.task = &task;
    s.tasks = tasks;
    s.next = 0;
    s.error = nullptr;
    s.busy = static_cast<int>(s.workers.size());
    s.generation.fetch_add(1, std::memory_order_release);
  }
  s.wake.notify_all();
  s.work();
  for (int spin = 0; spin < Shared::kSpins && s.busy.load(std::memory_order_acquire) > 0; ++spin) Shared::relax();
  {
    std::unique_lock lock(s.mutex);
    s.done.wait(lock, [&] { return s.busy.load(std::memory_order_acquire) == 0; });
  }
  if (s.error) std::rethrow_exception(s.error);
}

int available_threads() {
  const unsigned count = std::thread::hardware_concurrency();
  return count > 0 ? static_cast<int>(count) : 1;
}

#else

struct ThreadPool::Shared {};

ThreadPool::ThreadPool(int threads) {
  if (threads < 1) fail("thread pool: ", threads, " threads requested, at least 1 is needed");
}

ThreadPool::~ThreadPool() = default;

int ThreadPool::threads() const { return 1; }

void ThreadPool::run(Index tasks, const std::function<void(Index)>& task) {
  for (Index i = 0; i < tasks; ++i) task(i);
}

int available_threads() { return 1; }

#endif

}  // namespace loom
