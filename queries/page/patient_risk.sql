-- The risk of one of the viewer's people: the tier shown and by what, Charlson, raw scores now and before, or why there is none. $sensitive: sensitive conditions too
SELECT charlson, charlson_before, tier, by_prediction, probability, earlier_probability, moved, illness_tier, illness_moved, elixhauser,
    list_filter(conditions, lambda x: $sensitive OR x NOT LIKE 'HIV%') AS conditions, release, segment, segment_before, untiered, raw_score, raw_score_before, raw_score_before_v24, not_scoreable,
    is_medicare, rx_release, rx_segment, rx_score, rx_not_scoreable, plan_scores
FROM mart.risk WHERE person = $person
