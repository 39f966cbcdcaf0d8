/* Where two traces part; see trace/difference.h. */
#include "trace/difference.h"

#include "trace/reader.h"

uint64_t
trace_same(
    const struct trace *a, const struct trace *b, uint64_t known, uint64_t most)
{
	uint64_t seq = known;

	if (most > trace_count(a))
		most = trace_count(a);
	if (most > trace_count(b))
		most = trace_count(b);
	while (seq < most &&
	       str_eq(trace_line(a, seq + 1), trace_line(b, seq + 1)))
		seq++;
	return seq;
}

bool
trace_first_difference(const struct trace *a, const struct trace *b,
    uint64_t *seq_a, uint64_t *seq_b)
{
	uint64_t seq = trace_same(a, b, 0, UINT64_MAX) + 1;

	*seq_a = seq <= trace_count(a) ? seq : 0;
	*seq_b = seq <= trace_count(b) ? seq : 0;
	return *seq_a != 0 || *seq_b != 0;
}
