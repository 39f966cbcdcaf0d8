/* The calls and faults of programs of nodes, by name; see trace/program.h. */
#include "trace/program.h"

#include "base/err.h"
#include "trace/protocol.h"
#include "trace/vocab.h"

const char *
trace_program_word(enum trace_program_verdict v)
{
	static const char *const words[] = {
#define X(id, word) word,
		TRACE_PROGRAM_VERDICTS(X)
#undef X
	};

	return words[v];
}

static const struct {
	const char *word;
	unsigned status;
	const char *text;
} faults[] = {
#define X(id, word, status, text) { word, status, text },
	TRACE_PROGRAM_FAULTS(X)
#undef X
};

const char *
trace_program_fault_word(enum trace_program_fault f)
{
	return faults[f].word;
}

enum trace_program_fault
trace_program_fault_find(struct str word)
{
	size_t i = 0;

	while (i < TRACE_PROGRAM_FAULT_COUNT && !str_is(word, faults[i].word))
		i++;
	return (enum trace_program_fault)i;
}

const char *
trace_program_fault_text(enum trace_program_fault f)
{
	return _(faults[f].text);
}

unsigned
trace_program_fault_status(enum trace_program_fault f)
{
	return faults[f].status;
}
