/* The bounds of a run; see sim/limits.h. */
#include "sim/limits.h"

#include "base/err.h"
#include "base/param.h"
#include "base/str.h"
#include "sim/sim.h"

#include <stdio.h>

static const struct {
	const char *name;
	uint64_t most;
	const char *text;
} limits[] = {
#define X(id, name, most, text) { name, most, text },
	SIM_LIMITS(X)
#undef X
};

const char *
sim_limit_name(enum sim_limit which)
{
	return limits[which].name;
}

struct sim_limits
sim_limits_resolve(const struct sim_limits *l)
{
	struct sim_limits out = *l;

	for (size_t i = 0; i < SIM_LIMIT_COUNT; i++)
		if (out.most[i] == 0)
			out.most[i] = limits[i].most;
	return out;
}

int
sim_limit_read(struct sim_limits *l, const char *text, struct diag *d)
{
	struct str value, name = str_cut(str_of(text), '=', &value);
	uint64_t n;

	for (size_t i = 0; i < SIM_LIMIT_COUNT; i++) {
		if (!str_is(name, limits[i].name))
			continue;
		if (str_u64(value, &n) != 0 || n == 0 || n > INT64_MAX)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("“%s”: expected a whole number from 1, as in "
			      "%s=%llu"),
			    text, limits[i].name,
			    (unsigned long long)limits[i].most);
		l->most[i] = n;
		return 0;
	}
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("there is no limit “%.*s”"),
	    STR_ARG(name));
	return diag_one_of(d, ERR_NOTFOUND, name, &limits[0].name,
	    SIM_LIMIT_COUNT, sizeof(limits[0]));
}

/* Says in D that there was more of WHICH than MOST; ERR_LIMIT.  MORE goes
 * after it: ", in turns by …", or "". */
int
sim_limit_tell(
    enum sim_limit which, uint64_t most, const char *more, struct diag *d)
{
	char number[32], text[256];

	snprintf(text, sizeof(text), _(limits[which].text),
	    str_grouped(most, number));
	return diag_set(d, ERR_LIMIT, NULL, 0,
	    _("%s%s; stopped here (--limit=%s=N allows more)"), text, more,
	    limits[which].name);
}
