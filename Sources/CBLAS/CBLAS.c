#include "CBLAS.h"

#include <CDynamicLibrary.h>
#include <cblas.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

// OpenBLAS carries LAPACK under its Fortran names; declared here so that no header of a separate
// LAPACK package is needed. The hidden length arguments of character parameters come last.
typedef void factor_function(const char *uplo, const int *n, float *a, const int *lda, int *info,
                             unsigned long);
typedef void triangular_function(const char *uplo, const char *diag, const int *n, float *a,
                                 const int *lda, int *info, unsigned long, unsigned long);

static struct {
  __typeof__(cblas_sgemm) *multiply;
  __typeof__(cblas_ssyrk) *multiply_by_own_transpose;
  __typeof__(cblas_strsm) *solve_triangular;
  factor_function *factor;
  factor_function *invert_from_factor;
  triangular_function *invert_triangular;
} blas;

// The library chooses its kernels by a list of processors: one that is newer than the list gets
// those of 2004, at a fifth of the speed. What the processor can do says more. A user's own choice
// stays. The only change of the environment in this program: the first one leaves the old variables
// where they are, so that a thread that is reading them is not disturbed.
static void choose_kernels(void) {
#ifdef __x86_64__
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
  } else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    setenv("OPENBLAS_CORETYPE", "Haswell", 0);
  }
#endif
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

// Loaded when the first product is wanted: most commands want none, and loading takes milliseconds.
static void load(void) {
  choose_kernels();
  const CDynamicLibrary_Function functions[] = {
      {"cblas_sgemm", (void **)&blas.multiply},
      {"cblas_ssyrk", (void **)&blas.multiply_by_own_transpose},
      {"cblas_strsm", (void **)&blas.solve_triangular},
      {"spotrf_", (void **)&blas.factor},
      {"spotri_", (void **)&blas.invert_from_factor},
      {"strtri_", (void **)&blas.invert_triangular},
  };
  const char *reason =
      CDynamicLibrary_load("libopenblas.so.0", functions, sizeof functions / sizeof *functions);
  if (reason == NULL) return;
  // Like a program whose library is missing when it starts.
  fprintf(stderr, "tagbench needs OpenBLAS, and %s. Install libopenblas0.\n", reason);
  abort();
}

static CBLAS_TRANSPOSE transposition(bool transpose) {
  return transpose ? CblasTrans : CblasNoTrans;
}

void blas_multiply(bool transpose_a, bool transpose_b, int m, int n, int k, float alpha,
                   const float *a, int stride_a, const float *b, int stride_b, float beta, float *c,
                   int stride_c) {
  pthread_once(&once, load);
  blas.multiply(CblasRowMajor, transposition(transpose_a), transposition(transpose_b), m, n, k,
                alpha, a, stride_a, b, stride_b, beta, c, stride_c);
}

void blas_multiply_by_own_transpose(bool transpose, int n, int k, float alpha, const float *a,
                                    int stride_a, float beta, float *c, int stride_c) {
  pthread_once(&once, load);
  blas.multiply_by_own_transpose(CblasRowMajor, CblasLower, transposition(transpose), n, k, alpha, a,
                                 stride_a, beta, c, stride_c);
}

void blas_solve_triangular(bool transpose, int m, int n, const float *l, int stride_l, float *b,
                           int stride_b) {
  pthread_once(&once, load);
  blas.solve_triangular(CblasRowMajor, CblasLeft, CblasLower, transposition(transpose),
                        CblasNonUnit, m, n, 1.0f, l, stride_l, b, stride_b);
}

// The lower triangle of a row-major matrix is the upper one of the same memory read by columns.

int lapack_factor_cholesky(int n, float *a, int stride_a) {
  pthread_once(&once, load);
  int info = 0;
  blas.factor("U", &n, a, &stride_a, &info, 1);
  return info;
}

int lapack_invert_from_cholesky(int n, float *l, int stride_l) {
  pthread_once(&once, load);
  int info = 0;
  blas.invert_from_factor("U", &n, l, &stride_l, &info, 1);
  return info;
}

int lapack_invert_triangular(int n, float *l, int stride_l) {
  pthread_once(&once, load);
  int info = 0;
  blas.invert_triangular("U", "N", &n, l, &stride_l, &info, 1, 1);
  return info;
}
