#ifndef CBLAS_SHIM_H
#define CBLAS_SHIM_H

#include <stdbool.h>

// The few operations of BLAS and LAPACK that Matrices needs, on row-major 32-bit floats, with the
// enumerations, leading dimensions and column-major conventions of both libraries kept out of
// Swift. A triangle is always the lower one of a row-major matrix. All memory belongs to the
// caller.

/// c = alpha · op(a) · op(b) + beta · c, with op(a) m×k, op(b) k×n, c m×n; op transposes where
/// said.
void blas_multiply(bool transpose_a, bool transpose_b, int m, int n, int k, float alpha,
                   const float *a, int stride_a, const float *b, int stride_b, float beta, float *c,
                   int stride_c);

/// Lower triangle of c = alpha · op(a) · op(a)ᵀ + beta · c, with op(a) n×k and c n×n.
void blas_multiply_by_own_transpose(bool transpose, int n, int k, float alpha, const float *a,
                                    int stride_a, float beta, float *c, int stride_c);

/// b = op(l)⁻¹ · b, with l lower triangular m×m and b m×n.
void blas_solve_triangular(bool transpose, int m, int n, const float *l, int stride_l, float *b,
                           int stride_b);

/// Replaces the lower triangle of a (n×n, symmetric, positive definite) by its Cholesky factor.
/// Returns 0, or the 1-based row at which a stopped being positive definite.
int lapack_factor_cholesky(int n, float *a, int stride_a);

/// Replaces a Cholesky factor (lower triangle of l, n×n) by the lower triangle of (l·lᵀ)⁻¹.
/// Returns 0, or the 1-based row with a zero on the diagonal.
int lapack_invert_from_cholesky(int n, float *l, int stride_l);

/// Replaces the lower triangle of l (n×n) by that of its inverse.
/// Returns 0, or the 1-based row with a zero on the diagonal.
int lapack_invert_triangular(int n, float *l, int stride_l);

#endif
