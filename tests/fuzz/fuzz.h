/*
 * A fuzz target: one function that takes any bytes, for libFuzzer (make fuzz,
 * and a short run in make test).  What must hold whatever the bytes are is
 * asked with fuzz_want.  Helpers of the tests may be included after this file:
 * what they ask of CUnit is asked here.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Ends the program, so that libFuzzer keeps the input, unless HOLDS. */
#define fuzz_want(holds)                                                   \
	do {                                                               \
		if (!(holds)) {                                            \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, \
			    #holds);                                       \
			abort();                                           \
		}                                                          \
	} while (0)

#define CHECK_H
#define CU_ASSERT(x)                    fuzz_want(x)
#define CU_ASSERT_FATAL(x)              fuzz_want(x)
#define CU_ASSERT_TRUE_FATAL(x)         fuzz_want(x)
#define CU_ASSERT_EQUAL(a, b)           fuzz_want((a) == (b))
#define CU_ASSERT_EQUAL_FATAL(a, b)     fuzz_want((a) == (b))
#define CU_ASSERT_PTR_NOT_NULL_FATAL(p) fuzz_want((p) != NULL)
#define CU_FAIL_FATAL(why)              fuzz_want(!why)

#endif
