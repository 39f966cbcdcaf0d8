/*
 * A file of arrivals: read, written and read again as the same, and taken in by
 * a run; or refused with a sentence.
 */
#include "fuzz.h"

#include "base/mem.h"
#include "inputs/arrivals_file.h"
#include "runs/drive.h"

static void
write_back(const struct inputs_outside *o)
{
	LOCAL_BUF first = BUF_INIT, second = BUF_INIT;
	struct inputs_outside again;
	struct diag d = DIAG_INIT;

	arrivals_write(o, &first);
	fuzz_want(arrivals_read(&again, buf_view(&first), "again", &d) == 0);
	arrivals_write(&again, &second);
	fuzz_want(str_eq(buf_view(&first), buf_view(&second)));
	arrivals_drop(again.arrivals);
}

/* A run in which they arrive ends, well or with a sentence. */
static void
run_them(const struct inputs_outside *o)
{
	struct drive_options how = { .events = 20000, .max_records = 20000 };
	struct inputs in = { .detail = TRACE_PROTOCOL, .outside = *o };
	struct drive *run = NULL;
	struct diag d = DIAG_INIT;
	enum run_state state;

	arrivals_share(in.outside.arrivals);
	in.topology_file = mem_strdup("t.gv");
	in.topology = mem_strdup("graph { domain=\"b.example\" bob [role=ua, "
				 "addr=\"192.0.2.4\", answer=\"1s\"]\n"
				 "px [role=\"proxy registrar location\"]\n"
				 "six [role=ua, addr=\"2001:db8::1\"]\n"
				 "bob -- px -- six }");
	in.script_file = mem_strdup("t.lua");
	in.script =
	    mem_strdup("lab { topology = \"t.gv\" }\nscript(function() end)\n");
	in.folder = mem_strdup(".");
	fuzz_want(trace_begin(&how.trace, "run") == 0);
	if (drive_begin(&run, &in, &how, &d) == 0)
		drive_slice(run, NULL, &state, &d);
	fuzz_want(run != NULL);
	fuzz_want(d.err == 0 || d.text[0] != '\0');
	drive_end(run);
	trace_destroy(how.trace);
	inputs_free(&in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct inputs_outside o;
	struct diag d = DIAG_INIT;
	int err = arrivals_read(
	    &o, (struct str){ (const char *)bytes, n }, "arrivals", &d);

	fuzz_want(err == d.err);
	fuzz_want(err == 0 || d.text[0] != '\0');
	if (err == 0) {
		write_back(&o);
		run_them(&o);
	}
	arrivals_drop(o.arrivals);
	return 0;
}
