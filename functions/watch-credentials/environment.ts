export const watchCredentialsEnvironment = { required: [], optional: [] } as const;
