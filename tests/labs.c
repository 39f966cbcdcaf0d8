/* What labs.h declares. */
#include "labs.h"

#include "check.h"

#include <stdlib.h>

int
lab_sink(const char *line, size_t n, void *arg)
{
	struct buf *out = arg;

	buf_add(out, line, n);
	return out->err;
}

int
lab_run_inputs(
    struct inputs *in, uint64_t slice, struct buf *out, struct diag *d)
{
	struct run *r = NULL;
	bool done = false;
	int err;

	/* What a test has put together itself names its topology, too. */
	if (in->supply == NULL)
		inputs_use_files(in);
	err = run_create(&r, in, lab_sink, out, d);

	while (err == 0 && !done)
		err = run_advance(r, slice, &done, d);
	run_destroy(r);
	return err;
}

int
lab_run(const char *file, const struct lab_options *o, struct buf *out,
    struct diag *d)
{
	struct inputs in;
	int err = inputs_read(&in, file, d);

	buf_clear(out);
	in.detail = o->detail;
	if (o->seed != 0) {
		in.has_seed = true;
		in.seed = o->seed;
	}
	if (err == 0 && o->act != NULL)
		err = inputs_add_act(&in, o->act, d);
	if (err == 0 && o->setting != NULL)
		err = inputs_add_setting(
		    &in, &(struct topology_setting){ .text = o->setting });
	if (err == 0)
		err = lab_run_inputs(&in, o->slice, out, d);
	inputs_free(&in);
	return err;
}

/*
 * tests/run.sh records the runs of all labs and topologies once, in $LAB_RUNS,
 * for whoever only looks at traces; tests/cli_same_bytes.sh holds them against
 * runs of the sanitized build.
 */
static bool
lab_is_recorded(
    const char *file, const struct lab_options *o, char *path, size_t n)
{
	static const char *const details[] = { "messages", "protocol",
		"network" };
	const char *runs = getenv("LAB_RUNS"), *name = strchr(file, '/');

	if (runs == NULL || name == NULL || strchr(name + 1, '/') != NULL ||
	    o->seed != 0 || o->slice != 0 || o->act != NULL ||
	    o->setting != NULL)
		return false;
	snprintf(path, n, "%s/%.*s_%s.%s.jsonl", runs, (int)(name - file), file,
	    name + 1, details[o->detail]);
	return access(path, R_OK) == 0;
}

int
lab_run_or_recorded(const char *file, const struct lab_options *o,
    struct buf *out, struct diag *d)
{
	char path[512];

	if (!lab_is_recorded(file, o, path, sizeof(path)))
		return lab_run(file, o, out, d);
	return buf_read_file(out, path, SIZE_MAX);
}

struct trace *
lab_trace(const char *file, const struct lab_options *o)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	int err = lab_run_or_recorded(file, o, &out, &d);

	if (err == 0)
		err = trace_load_buf(&t, &out, file, &d);
	if (err != 0)
		printf("  %s: %s:%u: %s\n", file, d.file, d.line, d.text);
	buf_free(&out);
	return err == 0 ? t : NULL;
}

/* Every lab and topology there is, in order; the caller frees the names. */
static int
labs_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
labs_list_folder(
    const char *folder, const char *ending, char **names, size_t *n)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	char path[512];

	while (dir != NULL && (e = readdir(dir)) != NULL && *n < LABS_MAX) {
		if (e->d_name[0] == '.' || !str_ends(str_of(e->d_name), ending))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		if (strcmp(path, LABS_PLANS) == 0)
			continue;
		names[(*n)++] = mem_strdup(path);
	}
	if (dir != NULL)
		closedir(dir);
}

size_t
labs_list(char **names, bool topologies)
{
	size_t n = 0;

	labs_list_folder("labs", "", names, &n);
	if (topologies)
		labs_list_folder("topologies", ".gv", names, &n);
	qsort(names, n, sizeof(names[0]), labs_compare);
	return n;
}

bool
lab_is_slow(const char *file)
{
	return strstr(file, "handset") != NULL;
}

void
labs_free(char **names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mem_free(names[i]);
}

size_t
labs_list_some(char **names, bool topologies)
{
	const char *asked = getenv("LABS");
	FILE *f;
	char line[512];
	size_t n = 0;

	if (asked != NULL && strcmp(asked, "all") == 0)
		return labs_list(names, topologies);
	f = fopen("tests/sample", "r");
	if (f == NULL)
		return labs_list(names, topologies);
	while (n < LABS_MAX && fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' ||
		    (!topologies && strncmp(line, "labs/", 5) != 0))
			continue;
		if (access(line, R_OK) == 0)
			names[n++] = mem_strdup(line);
	}
	fclose(f);
	/* Elsewhere than in the project there are labs of one's own alone. */
	return n > 0 ? n : labs_list(names, topologies);
}

static void
labs_each_of(char **names, size_t n, size_t nth, void (*fn)(const char *file))
{
	CU_ASSERT_TRUE(n >= 8);
	for (size_t i = 0; i < n; i += nth) {
		unsigned before = CU_get_number_of_failures();

		fn(names[i]);
		if (CU_get_number_of_failures() != before)
			printf("  (in %s)\n", names[i]);
	}
	labs_free(names, n);
}

void
labs_each_nth(void (*fn)(const char *file), bool topologies, size_t nth)
{
	char *names[LABS_MAX];

	labs_each_of(names, labs_list_some(names, topologies), nth, fn);
}

void
labs_each(void (*fn)(const char *file), bool topologies)
{
	char *names[LABS_MAX];

	labs_each_of(names, labs_list(names, topologies), 1, fn);
}
