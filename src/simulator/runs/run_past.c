/*
 * A person's acts upon a message that was sent: a fault in force from the
 * start, keyed by the record that sends it.  Until it strikes the run is the
 * same as before, so the record's number names the same message.
 */
#include "runs/run_in.h"

#include "base/err.h"
#include "base/param.h"

#include <string.h>

/* Takes A's arguments; false where they are wrong. */
typedef bool read_fn(const struct input_act *a, struct fault_spec *spec);

static bool
read_drop(const struct input_act *a, struct fault_spec *spec)
{
	spec->drop = true;
	return a->nargs == 0;
}

static bool
read_delay(const struct input_act *a, struct fault_spec *spec)
{
	return a->nargs == 1 && strcmp(a->args[0].key, "by") == 0 &&
	       param_time(str_of(a->args[0].value), &spec->delay_ns) == 0;
}

static bool
read_duplicate(const struct input_act *a, struct fault_spec *spec)
{
	spec->duplicate = 1;
	return a->nargs == 0;
}

static bool
read_edit(const struct input_act *a, struct fault_spec *spec)
{
	if (a->nargs != 1 || strcmp(a->args[0].key, "text") != 0)
		return false;
	spec->edit = str_of(a->args[0].value);
	return true;
}

static const struct {
	const char *verb;
	read_fn *read;
} rows[] = {
	{ "drop", read_drop },
	{ "delay", read_delay },
	{ "duplicate", read_duplicate },
	{ "edit", read_edit },
};

#define NROWS (sizeof(rows) / sizeof(rows[0]))

static bool
read_spec(const struct input_act *a, struct fault_spec *spec)
{
	for (size_t i = 0; i < NROWS; i++)
		if (strcmp(rows[i].verb, a->verb) == 0)
			return rows[i].read(a, spec);
	return false;
}

int
run_add_past(struct run *r, struct diag *d)
{
	for (size_t i = 0; i < r->in->nacts; i++) {
		const struct input_act *a = &r->in->acts[i];
		struct fault_spec spec = { .seq = a->after, .probability = -1 };

		if (strcmp(a->on, "message") != 0)
			continue;
		if (!read_spec(a, &spec) && a->nargs == 1 &&
		    strcmp(a->args[0].key, "by") == 0)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%llu:message.%s: “%s” is no time: %s"),
			    (unsigned long long)a->after, a->verb,
			    a->args[0].value,
			    param_time_why(str_of(a->args[0].value),
				_("expected something like 2s or 500ms")));
		if (!read_spec(a, &spec))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%llu:message.%s: a message can be told to drop, "
			      "duplicate, delay:by=TIME or edit:text=BYTES"),
			    (unsigned long long)a->after, a->verb);
		if (faults_add(r->faults, &spec) != 0)
			return ERR_NOMEM;
	}
	return 0;
}

int
run_check_past(struct run *r, struct diag *d)
{
	for (size_t i = 0; i < r->in->nacts; i++) {
		const struct input_act *a = &r->in->acts[i];

		if (strcmp(a->on, "message") == 0 &&
		    !faults_struck(r->faults, a->after))
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("%llu:message.%s: no message is sent in record "
			      "%llu (rung show FILE kind=send lists them)"),
			    (unsigned long long)a->after, a->verb,
			    (unsigned long long)a->after);
	}
	return 0;
}
