/* What is heard: comfort noise, losses concealed, several together. */
#include "sound/samples.h"
#include "sound/source.h"
#include "fixtures/sound_check.h"

#include <string.h>

/* A lost block of a tone goes on with it, softer; after 60 ms all is silent;
 * the first one that is there again is heard as it is. */
static void
concealed(void)
{
	struct sound_conceal c = { 0 };
	struct sound_source s, on;
	int16_t block[160], want[160];
	double error = 0, power = 0, gain;

	sound_conceal_fill(&c, block, 160);
	CU_ASSERT_EQUAL(sound_level(block, 160), 127);
	c = (struct sound_conceal){ 0 };
	sound_source_tone(&s, 0); /* 440 Hz: six periods in 109 samples */
	for (int i = 0; i < 5; i++) {
		sound_source_read(&s, block, 160);
		sound_conceal_note(&c, block, 160);
	}
	on = s;
	sound_conceal_fill(&c, block, 160);
	sound_source_read(&on, want, 160);
	for (int i = 0; i < 160; i++) {
		gain = (480 - i) / 480.0;
		error += pow(block[i] - gain * want[i], 2);
		power += pow(gain * want[i], 2);
	}
	CU_ASSERT(error < power / 50);
	CU_ASSERT_EQUAL(sound_level(block, 160), 17); /* of 15 */
	sound_conceal_fill(&c, block, 160);
	CU_ASSERT_EQUAL(sound_level(block, 160), 21);
	sound_conceal_fill(&c, block, 160);
	CU_ASSERT_EQUAL(sound_level(block, 160), 29);
	for (int i = 0; i < 3; i++) {
		sound_conceal_fill(&c, block, 160);
		CU_ASSERT_EQUAL(sound_level(block, 160), 127);
	}
	sound_source_read(&s, block, 160);
	sound_conceal_note(&c, block, 160);
	sound_conceal_fill(&c, block, 7);
	CU_ASSERT(sound_level(block, 7) < 30);
}

/* A block longer than what is kept, and the shortest. */
static void
kept(void)
{
	static int16_t block[1000];
	struct sound_conceal c = { 0 }, one = { 0 };

	for (int i = 0; i < 1000; i++)
		block[i] = (int16_t)(i * 37 % 1000);
	sound_conceal_note(&c, block, 1000);
	for (int i = 0; i < 1000; i++)
		sound_conceal_note(&one, block + i, 1);
	CU_ASSERT(memcmp(&c, &one, sizeof(c)) == 0);
	sound_conceal_note(&c, NULL, 0);
	CU_ASSERT(memcmp(&c, &one, sizeof(c)) == 0);
}

static void
mixed(void)
{
	int16_t a[3] = { 30000, -30000, 5 }, b[3] = { 30000, -30000, 7 },
		out[3];
	int32_t sum[3] = { 0 };

	sound_mix_add(sum, a, 3);
	sound_mix_add(sum, b, 3);
	sound_mix_take(sum, NULL, out, 3);
	CU_ASSERT(out[0] == 32767 && out[1] == -32768 && out[2] == 12);
	sound_mix_take(sum, a, out, 3);
	CU_ASSERT(memcmp(out, b, sizeof(b)) == 0);
	sound_mix_scale(out, 3, 200);
	CU_ASSERT(out[0] == 32767 && out[1] == -32768 && out[2] == 14);
	sound_mix_scale(a, 3, 50);
	CU_ASSERT(a[0] == 15000 && a[1] == -15000 && a[2] == 2);
	sound_mix_scale(a, 3, 0);
	CU_ASSERT_EQUAL(sound_level(a, 3), 127);
}

CHECK_MAIN("sound heard", { "concealed", concealed }, { "kept", kept },
    { "mixed", mixed })
