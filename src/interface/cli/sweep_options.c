/* The options of rung sweep. */
#include "base/err.h"
#include "base/param.h"
#include "cli/sweep_in.h"

#include <string.h>

#define JOBS_MOST 1024
/* In less no run begins. */
#define MEMORY_LEAST (1u << 20)

static int
set_seeds(struct cli *c, const char *value, struct diag *d)
{
	uint64_t from, to;

	c->seeds = value;
	if (sweep_seeds_read(value, &from, &to, d) != 0)
		return d->err;
	if (from == to && from > 1 && strchr(value, '.') == NULL)
		cli_remark(c, _("--seeds=%s is one run; %s runs are 1..%s"),
		    value, value, value);
	return 0;
}

int
cli_set_jobs(struct cli *c, const char *value, struct diag *d)
{
	if (str_u32(str_of(value), &c->jobs) == 0 && c->jobs > 0 &&
	    c->jobs <= JOBS_MOST)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--jobs: “%s” is no number from 1 to %d"), value, JOBS_MOST);
}

int
cli_set_part(struct cli *c, const char *value, struct diag *d)
{
	struct str of, part = str_cut(str_of(value), '/', &of);

	if (str_u32(part, &c->part) == 0 && str_u32(of, &c->parts) == 0 &&
	    c->part >= 1 && c->part <= c->parts && c->parts <= 1000000)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--part: “%s” is no part such as 3/10"), value);
}

static int
set_run_memory(struct cli *c, const char *value, struct diag *d)
{
	bool is = param_size(str_of(value), &c->run_memory) == 0;

	if (is && c->run_memory >= MEMORY_LEAST)
		return 0;
	if (is && chr_is_digit(value[strlen(value) - 1]))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("--memory: %s is %s bytes; megabytes are %sMB"), value,
		    value, value);
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--memory: “%s” is no size such as 512MB"), value);
}

int
cli_read_span(
    const char *option, const char *value, int64_t *ns, struct diag *d)
{
	if (param_time(str_of(value), ns) == 0 && *ns > 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0, _("--%s: “%s” is no time: %s"),
	    option, value,
	    param_time_why(
		str_of(value), _("expected something like 60s or 5min")));
}

static int
set_cpu(struct cli *c, const char *value, struct diag *d)
{
	return cli_read_span("cpu", value, &c->run_cpu_ns, d);
}

static int
set_timeout(struct cli *c, const char *value, struct diag *d)
{
	return cli_read_span("timeout", value, &c->run_wall_ns, d);
}

int
cli_set_plan(struct cli *c, const char *value, struct diag *d)
{
	c->plan = value != NULL ? value : "parallel";
	if (strcmp(c->plan, "parallel") == 0 || strcmp(c->plan, "slurm") == 0)
		return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("--plan: “%s” is neither parallel nor slurm"), value);
}

const struct cli_option cli_sweep_options[] = {
	{ "output", 'o', "FOLDER",
	    N_("where the experiment and its results are; what a sweep made "
	       "there before it makes again"),
	    cli_set_output },
	{ "seeds", 0, "FROM..TO", N_("a run with each of these seeds"),
	    set_seeds },
	{ "set", 0, "NAME=VALUES",
	    N_("varies an attribute: NODE.ATTR, A--B.ATTR of a link, ATTR of "
	       "all "
	       "links; VALUES as 0..30%:5%, 10ms,50ms or true,false; several "
	       "--set are all combinations"),
	    cli_add_setting },
	{ "until", 0, "TIME", N_("stops a run at that virtual time"),
	    cli_set_until },
	{ "limit", 0, "NAME=N", N_("as of rung run"), cli_set_limit },
	{ "jobs", 0, "N", N_("runs at one time; else one for each processor"),
	    cli_set_jobs },
	{ "memory", 0, "SIZE", N_("what a run may take; else 1GB"),
	    set_run_memory },
	{ "cpu", 0, "TIME", N_("how long a run may compute; else 60s"),
	    set_cpu },
	{ "timeout", 0, "TIME", N_("how long a run may take; else 5min"),
	    set_timeout },
	{ "keep", 0, NULL, N_("keeps the runs' traces, in FOLDER/traces"),
	    cli_set_keep },
	{ "plan", 0, "[=slurm]",
	    N_("runs nothing, but prints commands for GNU parallel, or a "
	       "script "
	       "for Slurm"),
	    cli_set_plan },
	{ "part", 0, "I/N", N_("does the I-th of N parts, as a plan says"),
	    cli_set_part },
	{ "merge", 0, NULL,
	    N_("makes table and plots of the results in the folder"),
	    cli_set_merge },
	{ 0 },
};
