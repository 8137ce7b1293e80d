#include "CBLAS.h"

#include <cblas.h>

// OpenBLAS carries LAPACK under its Fortran names; declared here so that no header of a separate
// LAPACK package is needed. The hidden length arguments of character parameters come last.
extern void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info,
                    unsigned long);
extern void spotri_(const char *uplo, const int *n, float *a, const int *lda, int *info,
                    unsigned long);
extern void strtri_(const char *uplo, const char *diag, const int *n, float *a, const int *lda,
                    int *info, unsigned long, unsigned long);

static CBLAS_TRANSPOSE transposition(bool transpose) {
  return transpose ? CblasTrans : CblasNoTrans;
}

void blas_multiply(bool transpose_a, bool transpose_b, int m, int n, int k, float alpha,
                   const float *a, int stride_a, const float *b, int stride_b, float beta, float *c,
                   int stride_c) {
  cblas_sgemm(CblasRowMajor, transposition(transpose_a), transposition(transpose_b), m, n, k, alpha,
              a, stride_a, b, stride_b, beta, c, stride_c);
}

void blas_multiply_by_own_transpose(bool transpose, int n, int k, float alpha, const float *a,
                                    int stride_a, float beta, float *c, int stride_c) {
  cblas_ssyrk(CblasRowMajor, CblasLower, transposition(transpose), n, k, alpha, a, stride_a, beta,
              c, stride_c);
}

void blas_solve_triangular(bool transpose, int m, int n, const float *l, int stride_l, float *b,
                           int stride_b) {
  cblas_strsm(CblasRowMajor, CblasLeft, CblasLower, transposition(transpose), CblasNonUnit, m, n,
              1.0f, l, stride_l, b, stride_b);
}

// The lower triangle of a row-major matrix is the upper one of the same memory read by columns.

int lapack_factor_cholesky(int n, float *a, int stride_a) {
  int info = 0;
  spotrf_("U", &n, a, &stride_a, &info, 1);
  return info;
}

int lapack_invert_from_cholesky(int n, float *l, int stride_l) {
  int info = 0;
  spotri_("U", &n, l, &stride_l, &info, 1);
  return info;
}

int lapack_invert_triangular(int n, float *l, int stride_l) {
  int info = 0;
  strtri_("U", "N", &n, l, &stride_l, &info, 1, 1);
  return info;
}
