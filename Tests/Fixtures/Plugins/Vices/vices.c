int placeholder_v;
