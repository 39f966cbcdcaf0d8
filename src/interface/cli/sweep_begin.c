/* An experiment from options, and the one in its folder. */
#include "base/err.h"
#include "cli/sweep_in.h"

#include <dirent.h>
#include <unistd.h>

/* What --memory and its like say. */
static void
take_bounds(const struct cli *c, struct sweep_bounds *b)
{
	if (c->run_memory > 0)
		b->memory = c->run_memory;
	if (c->run_cpu_ns > 0)
		b->cpu = c->run_cpu_ns;
	if (c->run_wall_ns > 0)
		b->wall = c->run_wall_ns;
}

static int
make_experiment(
    const struct cli *c, const char *file, struct experiment *e, struct diag *d)
{
	int err;

	memset(e, 0, sizeof(*e));
	if (c->seeds == NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("sweep needs --seeds, as --seeds=1..1000"));
	err = inputs_read(&e->in, file, d);
	if (err == 0)
		err = sweep_seeds_read(c->seeds, &e->seed_from, &e->seed_to, d);
	if (c->until_ns != 0)
		e->in.until_ns = c->until_ns;
	if (cli_given(c, "limit"))
		e->in.limits = c->limits;
	for (size_t i = 0; err == 0 && i < c->nsettings; i++)
		err = experiment_add_param(e, c->settings[i], d);
	e->bounds = SWEEP_BOUNDS;
	return err != 0 ? err : experiment_settle(e, d);
}

/* Bounds of A and B's: the looser; 0 is no bound. */
static bool
is_looser(uint64_t a, uint64_t b)
{
	return b != 0 && (a == 0 || a > b);
}

/* What the folder's experiment lets a run take, which may be anybody's file, is
 * said where it is more than usual and not asked for here. */
static void
tell_bounds(const struct sweep *s, const struct sweep_bounds *b)
{
	const struct sweep_bounds usual = SWEEP_BOUNDS;
	const struct {
		const char *option;
		bool asked;
		uint64_t now, usual, unit;
		const char *sign;
	} rows[] = {
		{ "memory", s->c->run_memory > 0, b->memory, usual.memory,
		    1u << 20, "MB" },
		{ "cpu", s->c->run_cpu_ns > 0, (uint64_t)b->cpu,
		    (uint64_t)usual.cpu, 1000000000, "s" },
		{ "timeout", s->c->run_wall_ns > 0, (uint64_t)b->wall,
		    (uint64_t)usual.wall, 1000000000, "s" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].asked || !is_looser(rows[i].now, rows[i].usual))
			continue;
		if (rows[i].now == 0)
			cli_remark(s->c,
			    _("this experiment's file sets no bound; "
			      "--%s=%llu%s sets the usual one"),
			    rows[i].option,
			    (unsigned long long)(rows[i].usual / rows[i].unit),
			    rows[i].sign);
		else
			cli_remark(s->c,
			    _("this experiment's file lets a run take "
			      "%llu%s; --%s=%llu%s is usual"),
			    (unsigned long long)(rows[i].now / rows[i].unit),
			    rows[i].sign, rows[i].option,
			    (unsigned long long)(rows[i].usual / rows[i].unit),
			    rows[i].sign);
	}
}

/* The folder has nothing in it that an experiment might take for its own. */
static int
check_empty(const struct store *s, struct diag *d)
{
	DIR *dir = opendir(s->folder);
	struct dirent *entry;
	bool empty = true;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		empty = empty && (strcmp(entry->d_name, ".") == 0 ||
				     strcmp(entry->d_name, "..") == 0);
	if (dir != NULL)
		closedir(dir);
	if (empty)
		return 0;
	return diag_set(d, ERR_EXISTS, s->folder, 0,
	    _("holds other files and no experiment; name a new folder with "
	      "-o"));
}

/* Without FILE only the folder says what is run. */
static int
check_options(const struct cli *c, struct diag *d)
{
	static const char *const own[] = { "seeds", "set", "until", "limit" };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (cli_given(c, own[i]))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("--%s is of a new experiment, which needs a "
			      "FILE: a lab, script, topology or trace"),
			    own[i]);
	return 0;
}

/* Of the two S->e stays, with the seeds and bounds that are to be now; OLD is
 * what the folder had. */
static int
settle_both(struct sweep *s, const struct experiment *old, struct diag *d)
{
	struct buf before = BUF_INIT, after = BUF_INIT;
	int err = 0;

	if (old->id != s->e.id)
		return diag_set(d, ERR_EXISTS, s->store.folder, 0,
		    _("holds another experiment (other inputs or values); name "
		      "another folder with -o"));
	s->e.bounds = old->bounds;
	tell_bounds(s, &s->e.bounds);
	take_bounds(s->c, &s->e.bounds);
	experiment_write(old, &before);
	experiment_write(&s->e, &after);
	if (!str_eq(buf_view(&before), buf_view(&after)))
		err = store_write_experiment(&s->store, &s->e, d);
	buf_free(&before);
	buf_free(&after);
	return err;
}

static int
begin_new(struct sweep *s, struct diag *d)
{
	int err = check_empty(&s->store, d);

	take_bounds(s->c, &s->e.bounds);
	return err != 0 ? err : store_write_experiment(&s->store, &s->e, d);
}

int
sweep_begin(struct sweep *s, const char *file, struct diag *d)
{
	struct experiment old;
	int err, found;

	if (file == NULL && check_options(s->c, d) != 0)
		return d->err;
	/* A mistake leaves no folder behind. */
	if (file != NULL && make_experiment(s->c, file, &s->e, d) != 0)
		return d->err;
	err = store_open(&s->store, s->c->output, file != NULL, d);
	if (err != 0)
		return err;
	found =
	    store_read_experiment(&s->store, file != NULL ? &old : &s->e, d);
	if (found == ERR_NOTFOUND && file == NULL)
		return diag_set(
		    d, ERR_NOTFOUND, s->c->output, 0, _("holds no experiment"));
	if (file == NULL) {
		if (found == 0)
			tell_bounds(s, &s->e.bounds);
		take_bounds(s->c, &s->e.bounds);
		return found;
	}
	err = found == ERR_NOTFOUND ? begin_new(s, d)
	      : found != 0          ? found
				    : settle_both(s, &old, d);
	experiment_free(&old);
	return err;
}
